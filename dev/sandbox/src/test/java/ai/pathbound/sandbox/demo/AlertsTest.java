package ai.pathbound.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The alerts, the page that explains them, and their unit tests say the same.
final class AlertsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path DEPLOY = Path.of("../../deploy");
    private static final Path PAGE = Path.of("../../docs/operations.md");
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]+)`");

    private final Map<String, JsonNode> alerts = new TreeMap<>();
    private final List<String> page;

    AlertsTest() throws IOException {
        page = Files.readAllLines(PAGE);
        yaml("alerts.yml").at("/groups/0/rules")
                .forEach(rule -> alerts.put(rule.path("alert").asString(), rule));
    }

    private static JsonNode yaml(String file) throws IOException {
        Object loaded = new Yaml().load(Files.readString(DEPLOY.resolve(file)));
        return JSON.valueToTree(loaded);
    }

    @Test
    void alertsOfThePage_areThoseOfTheFile() {
        Set<String> told = new TreeSet<>();
        page.stream()
                .dropWhile(line -> !line.startsWith("| Number | Tells | Alert |"))
                .takeWhile(line -> line.startsWith("|"))
                .map(row -> row.split("\\|"))
                .map(cells -> NAME.matcher(cells[cells.length - 1]))
                .flatMap(Matcher::results)
                .forEach(name -> told.add(name.group(1)));
        assertThat(told).isEqualTo(alerts.keySet());
    }

    @Test
    void eachAlert_hasASeverity_andASectionToRead() {
        Set<String> sections = page.stream()
                .filter(line -> line.startsWith("##"))
                .map(line -> line.replaceAll("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(title -> "docs/operations.md#" + title.replace(' ', '-'))
                .collect(Collectors.toSet());
        alerts.forEach((name, alert) -> {
            assertThat(alert.at("/labels/severity").asString("")).as(name).isIn("page", "ticket");
            assertThat(sections).as(name).contains(alert.at("/annotations/runbook").asString(""));
        });
    }

    /// promtool, which runs the unit tests, is not there everywhere.
    @Test
    void unitTests_expectWhatTheAlertsSay() throws IOException {
        int looked = 0;
        for (JsonNode test : yaml("alerts-test.yml").path("tests")) {
            for (JsonNode rule : test.path("alert_rule_test")) {
                JsonNode alert = Objects.requireNonNull(
                        alerts.get(rule.path("alertname").asString()),
                        rule::toString);
                for (JsonNode expected : rule.path("exp_alerts")) {
                    assertThat(expected.path("exp_annotations"))
                            .isEqualTo(alert.path("annotations"));
                    assertThat(expected.at("/exp_labels/severity"))
                            .isEqualTo(alert.at("/labels/severity"));
                    looked++;
                }
            }
        }
        assertThat(looked).isPositive();
    }
}
