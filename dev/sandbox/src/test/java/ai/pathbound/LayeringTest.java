package ai.pathbound;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The directions of dependency: `dev → mcp-api → projector → schemas`, and nothing backwards.
final class LayeringTest {

    private static final String SCHEMAS = "ai.pathbound.schemas..";
    private static final String PROJECTOR = "ai.pathbound.projector..";
    private static final String MCP = "ai.pathbound.mcp..";
    private static final String SANDBOX = "ai.pathbound.sandbox..";
    private static final String BROKER = "ai.pathbound.broker..";

    /// Avro writes these classes.
    private static final String GENERATED = "ai.pathbound.schemas.change";

    private static JavaClasses ours = new ClassFileImporter().importClasses();

    @BeforeAll
    static void readClasses() {
        ours = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("ai.pathbound");
    }

    @Test
    void schemas_knowNothingOfOurs() {
        noClasses().that()
                .resideInAPackage(SCHEMAS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PROJECTOR, MCP, SANDBOX, BROKER)
                .check(ours);
    }

    @Test
    void projector_knowsOnlySchemas() {
        noClasses().that()
                .resideInAPackage(PROJECTOR)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(MCP, SANDBOX, BROKER)
                .check(ours);
    }

    @Test
    void mcp_knowsOnlyProjectorAndSchemas() {
        noClasses().that()
                .resideInAPackage(MCP)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SANDBOX, BROKER)
                .allowEmptyShould(true)
                .check(ours);
    }

    @Test
    void sandbox_startsTheBrokerButDoesNotLinkIt() {
        noClasses().that()
                .resideInAPackage(SANDBOX)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BROKER)
                .check(ours);
    }

    @Test
    void packages_areFreeOfCycles() {
        slices().matching("ai.pathbound.(**)").should().beFreeOfCycles().check(ours);
    }

    @Test
    void packages_areNullMarked() {
        List<String> unmarked = ours.stream()
                .map(JavaClass::getPackage)
                .filter(owner -> !owner.getName().equals(GENERATED))
                .filter(owner -> !owner.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .distinct()
                .sorted()
                .toList();
        assertThat(unmarked).isEmpty();
    }

    @Test
    void everyModuleWithCode_isSeen() {
        assertThat(ours.containPackage("ai.pathbound.schemas")).isTrue();
        assertThat(ours.containPackage("ai.pathbound.projector")).isTrue();
        assertThat(ours.containPackage("ai.pathbound.sandbox")).isTrue();
    }
}
