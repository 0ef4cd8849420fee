package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.McpTestClient.Answer;
import ai.pathbound.mcp.json.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Arguments that are not valid: refused, in few words, and never read as something else.
final class BadArgumentsTest {
    private static final int ANSWER_BYTES_MAX = 8 * 1024;
    private static final RecordingReadModel MODEL = new RecordingReadModel();
    private static final TestServer SERVER = new TestServer(MODEL, () -> true);
    private static final McpTestClient CLIENT = SERVER.client("sk_all");
    /// Texts that grow when they are quoted.
    private static final List<String> PARTS = List.of("\"", "\\", "\u0001", "é", "x", "😀", "'");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("pathbound.seeds", 3));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersToThem_areShort(long seed) {
        Random random = new Random(seed);
        for (JsonNode tool : tools()) {
            String name = tool.path("name").asString();
            for (Map<String, Object> arguments : bad(tool, random)) {
                Answer answer = CLIENT.legacyTool(name, Wire.MAPPER.writeValueAsString(arguments));
                assertThat(answer.text().getBytes(StandardCharsets.UTF_8).length)
                        .as(name + " " + arguments.keySet().stream().limit(2).toList())
                        .isLessThanOrEqualTo(ANSWER_BYTES_MAX);
            }
        }
    }

    @Test
    void unknownNames_areNamedTenAtMost_withTheKnownOnesOnce() {
        Map<String, Object> arguments = many(40, "unknown_", 1);
        Answer answer = CLIENT
                .legacyTool("list_contacts", Wire.MAPPER.writeValueAsString(arguments));
        assertThat(answer.errorText().at("/error/fields")).hasSize(10);
        assertThat(answer.text().split("known arguments:", -1)).hasSize(2);
    }

    @Test
    void tooManyArguments_areRefusedAtOnce() {
        Map<String, Object> arguments = many(51, "country_", 1);
        Answer answer = CLIENT
                .legacyTool("list_contacts", Wire.MAPPER.writeValueAsString(arguments));
        assertThat(answer.errorText().at("/error/fields")).hasSize(1);
        assertThat(answer.text()).contains("at most 50 members, not 51");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"city\":{\"exists\":1}}", "{\"city\":{\"exists\":\"yes\"}}",
            "{\"city\":{\"exists\":null}}", "{\"city\":{\"missing\":0}}",
            "{\"city\":{\"missing\":[true]}}", "{\"has_linkedin\":\"yes\"}",
            "{\"has_linkedin\":1}", "{\"has_linkedin\":null}", "{\"has_linkedin\":\"True\"}",
            "{\"identified_only\":\"True\"}", "{\"identified_only\":1}",
            "{\"include_bots\":\"no\"}", "{\"include_bots\":{}}", "{\"is_bot\":\"yes\"}",
            "{\"is_bot\":{\"ne\":1}}", "{\"is_bot\":[true,\"no\"]}", "{\"status\":\"Enriched\"}",
            "{\"status\":true}", "{\"amount\":{\"gt\":1e400}}", "{\"amount\":-1e400}",
            "{\"amount\":[1,1e999999]}"})
    void filterValues_ofAnotherKind_areRefused(String filters) {
        MODEL.asked();
        for (String entity : List.of("contacts", "companies", "events")) {
            Answer answer = CLIENT.legacyTool(
                    "aggregate_data",
                    "{\"entity\":\"" + entity + "\",\"filters\":" + filters + "}");
            assertThat(answer.code()).as(answer.text()).isEqualTo("invalid_arguments");
            String field = filters.substring(2, filters.indexOf('"', 2));
            assertThat(answer.errorText().at("/error/message").asString())
                    .containsAnyOf("'" + field + "'", "'exists'", "'missing'");
        }
        assertThat(MODEL.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"filters\":{\"has_linkedin\":\"True\"}}|true",
            "{\"filters\":{\"status\":\"Enriched\"}}|enriched",
            "{\"sort\":{\"by\":\"country\",\"direction\":\"asc\"}}|dir",
            "{\"sort\":{\"bye\":\"country\"}}|by",
            "{\"metrics\":[{\"op\":\"sum\",\"fields\":\"amount\"}]}|field",
            "{\"metrics\":[{\"opp\":\"count\"}]}|op"})
    void whatWasMeant_isNamed(String arguments, String meant) {
        Answer answer = CLIENT.legacyTool(
                "aggregate_data",
                "{\"entity\":\"contacts\"," + arguments.substring(1));
        assertThat(answer.errorText().at("/error/fields/0/did_you_mean").asString())
                .isEqualTo(meant);
    }

    private static List<JsonNode> tools() {
        return CLIENT.legacy("tools/list", "{}")
                .json()
                .at("/result/tools")
                .valueStream()
                .toList();
    }

    private static List<Map<String, Object>> bad(JsonNode tool, Random random) {
        List<Map<String, Object>> calls = new ArrayList<>();
        calls.add(many(4000, "unknown_", 1));
        calls.add(many(50, text(random, 2000), 1));
        calls.add(Map.of(text(random, 60_000), 1));
        calls.add(every(tool, text(random, 30_000 / tool.path("inputSchema").size())));
        calls.add(every(tool, many(500, text(random, 5), text(random, 5))));
        calls.add(every(tool, IntStream.range(0, 2000).boxed().toList()));
        calls.add(every(tool, List.of(many(300, text(random, 7), 1))));
        calls.add(every(tool, Map.of(text(random, 5000), Map.of(text(random, 500), 1))));
        return calls;
    }

    /// The same wrong value for every argument there is.
    private static Map<String, Object> every(JsonNode tool, Object value) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        tool.at("/inputSchema/properties")
                .properties()
                .forEach(
                        parameter -> arguments.put(
                                parameter.getKey(),
                                parameter.getKey().equals("entity") ? "contacts" : value));
        return arguments;
    }

    private static Map<String, Object> many(int count, String name, Object value) {
        Map<String, Object> members = new LinkedHashMap<>();
        IntStream.range(0, count).forEach(i -> members.put(name + i, value));
        return members;
    }

    private static String text(Random random, int parts) {
        return IntStream.range(0, parts)
                .mapToObj(_ -> PARTS.get(random.nextInt(PARTS.size())))
                .collect(Collectors.joining());
    }
}
