package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.McpTestClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever a client of the handshake era sends: an answer in our words, without a trace of the
/// libraries it went through.
final class ShieldingTest {
    private static final TestServer SERVER = new TestServer(new FixedReadModel(), () -> true);
    private static final String[] INTERNALS = {"Exception", "\tat ", "at io.", "at org.",
            "modelcontextprotocol", "springframework", "McpError", "stackTrace", "jackson",
            "invalid_tool_name", "jdbc"};

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{|400|-32700", "[1|400|-32700", "\"x\"|400|-32600",
            "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}|400|-32600",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}|400|-32600",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}|400|-32602",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"no/such\"}|200|-32601",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}|200|-32602",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":3}}"
                    + "|200|-32602",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"nothing\"}}"
                    + "|200|-32602",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":[]}}"
                    + "|400|-32602",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"logging/setLevel\",\"params\":{\"level\":1}}"
                    + "|200|-32602",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prompts/get\",\"params\":{\"name\":\"x\"}}"
                    + "|200|-32602",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/read\",\"params\":{}}|200|-32602"})
    void badRequest_isRefusedInOurWords(String body, int status, int code) {
        for (String accept : new String[]{"application/json", "text/event-stream", "*/*"}) {
            Answer answer = SERVER.client("sk_all").post(body, "Accept", accept);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.json().at("/error/code").asInt()).isEqualTo(code);
            assertThat(answer.text()).doesNotContainIgnoringCase(INTERNALS);
        }
    }

    @ParameterizedTest
    @CsvSource({"application/json", "text/event-stream", "*/*", "text/html", "no media type"})
    void acceptHeaderOfAnyKind_isServed(String accept) {
        Answer ping = SERVER.client("sk_all")
                .post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", "Accept", accept);
        assertThat(ping.status()).isEqualTo(200);
        assertThat(ping.json().path("result").isObject()).isTrue();
        Answer broken = SERVER.client("sk_all")
                .post(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":"
                                + "\"get_contact\",\"arguments\":{\"contact_id\":\"ct_broken\"}}}",
                        "Accept",
                        accept);
        assertThat(broken.code()).isEqualTo("internal");
        assertThat(broken.text()).doesNotContainIgnoringCase(INTERNALS);
    }
}
