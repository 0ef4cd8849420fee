package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What `tools/list` costs a model's context, and what clients and model providers refuse.
final class ToolListTest {
    private static final int TOKENS_MAX = 12_000;
    private static final int SCHEMA_LENGTH_MAX = 8_000;
    private static final int NAME_LENGTH_MAX = 30;
    private static final TestServer SERVER = new TestServer(new FixedReadModel(), () -> true);
    private static final Encoding TOKENS = Encodings.newLazyEncodingRegistry()
            .getEncoding(EncodingType.O200K_BASE);
    private final JsonNode tools = SERVER.client("sk_all")
            .modern("tools/list", "", "")
            .json()
            .at("/result/tools");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void allTools_takeAtMost12000Tokens() {
        assertThat(TOKENS.countTokens(tools.toString())).isLessThanOrEqualTo(TOKENS_MAX);
    }

    @Test
    void namesAndOrder_stayAsTheyAre() {
        assertThat(tools.valueStream().map(tool -> tool.path("name").asString()).toList())
                .isEqualTo(golden());
    }

    @Test
    void schemas_areFlatAndShort() {
        for (JsonNode tool : tools) {
            String name = tool.path("name").asString();
            assertThat(name).matches("[a-z_]{1," + NAME_LENGTH_MAX + "}");
            for (String member : List.of("inputSchema", "outputSchema")) {
                JsonNode schema = tool.path(member);
                assertThat(schema.toString().length()).as(name).isLessThan(SCHEMA_LENGTH_MAX);
                assertThat(schema.path("type").asString()).as(name).isEqualTo("object");
                assertThat(schema.findValues("$ref")).as(name).isEmpty();
                for (String word : List.of("oneOf", "anyOf", "allOf", "$schema")) {
                    assertThat(schema.has(word)).as(name + " " + word).isFalse();
                }
            }
        }
    }

    @Test
    void eachToolAndArgument_isExplained_andHintsAreSaid() {
        for (JsonNode tool : tools) {
            String name = tool.path("name").asString();
            assertThat(tool.path("title").asString()).as(name).isNotBlank();
            assertThat(tool.path("description").asString()).as(name).endsWith(".");
            for (String hint : List.of("readOnlyHint", "destructiveHint", "idempotentHint")) {
                assertThat(tool.path("annotations").path(hint).isBoolean()).as(name).isTrue();
            }
            tool.at("/inputSchema/properties")
                    .properties()
                    .forEach(
                            argument -> assertThat(
                                    argument.getValue().path("description").asString(""))
                                    .as(name + "." + argument.getKey())
                                    .endsWith("."));
        }
    }

    @Test
    void toolsThatMayEstimate_sayWhereTheyTell() {
        assertThat(output("get_event_stats").at("/stats/properties").has("approximate")).isTrue();
        assertThat(output("aggregate_data").has("approximate")).isTrue();
    }

    private JsonNode output(String name) {
        return tools.valueStream()
                .filter(tool -> tool.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow()
                .at("/outputSchema/properties");
    }

    private static List<String> golden() {
        try (InputStream file = ToolListTest.class.getResourceAsStream("/tools.txt")) {
            if (file == null) {
                throw new IllegalStateException("tools.txt is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
