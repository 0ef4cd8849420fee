package ai.pathbound.sandbox.views;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.demo.RunningDemo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The views as users see them: read over MCP from the running demo, given its answers by the
/// extension's own host package, in Chromium. What is checked there is in `src/test/views/check.mjs`.
/// `-Dpathbound.docs.write=true` takes the pictures of the docs anew. Without Chromium or npm the test
/// is skipped and says so.
class ViewsIT {
    private static final Path SOURCES = Path.of("src/test/views");
    private static final Path PICTURES = Path.of("../../docs/pictures");
    private static final long PICTURE_BYTES_MAX = 100_000;
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void eachView_drawsARealAnswer_inARealBrowser(@TempDir Path data)
            throws IOException,
            InterruptedException {
        Path home = Path.of("target/views").toAbsolutePath();
        Browser browser = switch (Browser.find(home, SOURCES)) {
            case Browser.Found.Here(Browser found) -> found;
            case Browser.Found.Absent(String why) -> Assumptions.abort(why);
        };
        Path input = Files.writeString(home.resolve("input.json"), input(data));
        Path pictures = Boolean.getBoolean("pathbound.docs.write")
                ? PICTURES.toAbsolutePath().normalize()
                : home.resolve("pictures");
        Browser.Ended ended = browser.check(input, pictures);
        assertThat(ended.status()).as(ended.output()).isZero();
        try (var files = Files.list(pictures)) {
            List<Path> taken = files.toList();
            assertThat(taken).hasSize(6);
            assertThat(taken).allSatisfy(
                    picture -> assertThat(Files.size(picture)).isLessThan(PICTURE_BYTES_MAX));
        }
    }

    private static String input(Path data) throws IOException, InterruptedException {
        Clock clock = Clock.offset(
                Clock.systemUTC(),
                Duration.between(Instant.now(), Instant.parse("2026-06-12T10:00:00Z")));
        try (RunningDemo demo = RunningDemo.start(data, clock, 200, 30, 4_000)) {
            Map<String, Object> pages = Map.of(
                    "numbers",
                    demo.read("ui://pathbound/numbers"),
                    "timeline",
                    demo.read("ui://pathbound/timeline"));
            return JSON.writeValueAsString(Map.of("pages", pages, "calls", calls(demo)));
        }
    }

    private static Map<String, Object> calls(RunningDemo demo) {
        Map<String, Object> calls = new LinkedHashMap<>();
        Map<String, Object> byIndustry = new LinkedHashMap<>();
        byIndustry.put("entity", "events");
        byIndustry.put("group_by", List.of("company.industry"));
        byIndustry.put(
                "metrics",
                List.of(
                        Map.of("op", "count"),
                        Map.of("op", "count_distinct", "field", "contact_id")));
        byIndustry.put("filters", Map.of("identified_only", true));
        byIndustry.put("limit", 8);
        calls.put("groups", call(demo, "aggregate_data", byIndustry));
        calls.put(
                "series",
                call(
                        demo,
                        "get_event_stats",
                        Map.of(
                                "date_after",
                                "2026-05-12",
                                "date_before",
                                "2026-06-12",
                                "interval",
                                "day",
                                "timezone",
                                "UTC")));
        calls.put(
                "split",
                call(
                        demo,
                        "aggregate_data",
                        Map.of(
                                "entity",
                                "events",
                                "group_by",
                                List.of("device_type"),
                                "interval",
                                "week",
                                "limit",
                                100)));
        calls.put(
                "timeline",
                call(
                        demo,
                        "get_contact_timeline",
                        Map.of("contact_id", busiest(demo), "limit", 20)));
        return calls;
    }

    private static String busiest(RunningDemo demo) {
        return result(
                demo,
                "aggregate_data",
                Map.of(
                        "entity",
                        "events",
                        "group_by",
                        List.of("contact_id"),
                        "filters",
                        Map.of("identified_only", true),
                        "limit",
                        1))
                .at("/structuredContent/groups/0/key/contact_id")
                .asString();
    }

    private static Map<String, Object> call(RunningDemo demo,
            String tool,
            Map<String, Object> arguments) {
        return Map.of("arguments", arguments, "result", result(demo, tool, arguments));
    }

    /// A node that has just started may still be loading its tables, and says so.
    private static JsonNode result(RunningDemo demo, String tool, Map<String, Object> arguments) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> demo.result(tool, arguments),
                        result -> !result.path("isError").asBoolean());
    }
}
