package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.McpTestClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the server says to messages it does not take, and that both eras say the same.
final class RefusalTest {
    private static final TestServer SERVER = new TestServer(new FixedReadModel(), () -> true);
    private final McpTestClient client = SERVER.client("sk_all");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"get_contact|{\"contact_id\":\"ct_1\"}",
            "get_contact|{\"contact_id\":\"ct_missing\"}",
            "get_contact|{\"contact_id\":\"ct_rebuilding\"}", "get_contact|{}",
            "get_contact|{\"contact_id\":7,\"nme\":1}", "list_contacts|{\"count_only\":true}",
            "list_events|{\"limit\":\"20\"}", "get_event_types|{}",
            "get_contact_timeline|{\"contact_id\":\"ct_1\",\"cursor\":\"made up\"}",
            "batch_get_details|{\"entity_type\":\"contacts\",\"ids\":[\"ct_1\",\"ct_x\"]}",
            "create_contact|{\"email\":\"taken@acme.test\"}",
            "create_contact|{\"email\":\"new@acme.test\"}"})
    void bothEras_answerAlike(String tool, String arguments) {
        Answer modern = client.tool(tool, arguments);
        Answer legacy = client.legacyTool(tool, arguments);
        for (String part : new String[]{"content", "structuredContent"}) {
            assertThat(legacy.json().at("/result/" + part))
                    .isEqualTo(modern.json().at("/result/" + part));
        }
        assertThat(legacy.json().at("/result/isError").asBoolean(false))
                .isEqualTo(modern.json().at("/result/isError").asBoolean(false));
        assertThat(legacy.json().at("/result/_meta/ai.pathbound~1freshness"))
                .isEqualTo(modern.json().at("/result/_meta/ai.pathbound~1freshness"));
        assertThat(legacy.status()).isEqualTo(modern.status());
    }

    @Test
    void unknownTool_namesTheNearest_inBothEras() {
        for (Answer answer : new Answer[]{client.tool("get_contacts", "{}"),
                client.legacyTool("get_contacts", "{}")}) {
            assertThat(answer.json().at("/error/code").asInt()).isEqualTo(-32602);
            assertThat(answer.json().at("/error/message").asString())
                    .isEqualTo("Unknown tool; did you mean get_contact?");
        }
        assertThat(client.tool("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "{}").text())
                .contains("see tools/list");
    }

    @Test
    void unknownTool_isNotHintedAtBeyondTheScopes() {
        assertThat(SERVER.client("sk_events").tool("get_contacts", "{}").text())
                .doesNotContain("get_contact?", "list_contacts");
    }

    @ParameterizedTest
    @CsvSource({"emial,email", "visitorid,visitor_id", "company,company_id"})
    void unknownArgument_namesTheNearest(String wrong, String right) {
        Answer answer = client
                .tool("create_contact", "{\"email\":\"a@b.c\",\"" + wrong + "\":\"x\"}");
        assertThat(answer.code()).isEqualTo("invalid_arguments");
        assertThat(answer.errorText().at("/error/fields/0/did_you_mean").asString())
                .isEqualTo(right);
    }

    @Test
    void cursors_thatWereNotGivenOut_areRefused() {
        Answer timeline = client
                .tool("get_contact_timeline", "{\"contact_id\":\"ct_1\",\"cursor\":\"x\"}");
        assertThat(timeline.code()).isEqualTo("invalid_arguments");
        assertThat(timeline.errorText().at("/error/fields/0/field").asString())
                .isEqualTo("cursor");
        assertThat(client.tool("list_contacts", "{\"cursor\":\"x\"}").code())
                .isEqualTo("invalid_arguments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/list", "resources/list", "resources/templates/list",
            "prompts/list"})
    void listCursors_areRefusedInBothEras(String method) {
        assertThat(client.modern(method, "", "\"cursor\":\"x\",").json().at("/error/code").asInt())
                .isEqualTo(-32602);
        assertThat(client.legacy(method, "{\"cursor\":\"x\"}").json().at("/error/code").asInt())
                .isEqualTo(-32602);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1999-01-01", "banana", "2026-07-28x", "2025-11-25, 2026-07-28"})
    void unknownVersionHeader_isRefused(String version) {
        Answer answer = client.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                "MCP-Protocol-Version",
                version);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/message").asString()).contains("2025-11-25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}",
            "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]", "\u0000", "null", "{} {}"})
    void malformedMessage_isRefusedWithoutInternals(String body) {
        Answer answer = client.post(body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/code").asInt()).isNegative();
        assertThat(answer.text()).doesNotContain("Exception", "jackson", "ai.pathbound", "line:");
    }

    @Test
    void deepNesting_isRefused() {
        Answer answer = client.post("[".repeat(10_000));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/code").asInt()).isEqualTo(-32700);
    }

    @Test
    void halfCharacters_inArguments_doNotBreakTheAnswer() {
        Answer answer = client.tool("list_contacts", "{\"sort_dir\":\"\\ud83d\"}");
        assertThat(answer.status()).isLessThan(500);
        assertThat(answer.text()).doesNotContain("Exception", "requestId");
    }

    @Test
    void oversizedBody_isRefused_whetherItSaysItsLengthOrNot() {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + "x".repeat(300_000) + "\"}";
        for (Answer answer : new Answer[]{client.post(body), client.postChunked(body)}) {
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.json().at("/error/code").asInt()).isEqualTo(413);
        }
    }
}
