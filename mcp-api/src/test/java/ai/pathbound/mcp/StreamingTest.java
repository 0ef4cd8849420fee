package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.McpTestClient.Answer;
import ai.pathbound.mcp.json.Wire;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Calls whose answer is a stream: progress, comments that keep it open, and questions to the client.
final class StreamingTest {
    private static final String BOTH = "application/json, text/event-stream";
    private static final String DELETE = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\","
            + "\"params\":{\"name\":\"delete_contact_note\",\"arguments\":"
            + "{\"contact_id\":\"ct_1\",\"note_id\":\"note_1\"}}}";
    private final SlowReadModel slow = new SlowReadModel();
    private final TestServer server = new TestServer(new FixedReadModel(), () -> true);
    private final TestServer waiting = new TestServer(slow, () -> true,
            "pathbound.mcp.keep-alive=50ms");

    @AfterEach
    void stop() {
        slow.finish();
        server.close();
        waiting.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "modern"})
    void progress_comesBeforeTheResult_whereAskedFor(String era) {
        Answer answer = call(server, era, BOTH, "\"progressToken\":\"p1\"");
        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
        assertThat(answer.header("X-Accel-Buffering")).isEqualTo("no");
        List<JsonNode> messages = messages(answer.text());
        assertThat(messages.getFirst().path("method").asString())
                .isEqualTo("notifications/progress");
        assertThat(messages.getFirst().at("/params/progressToken").asString()).isEqualTo("p1");
        assertThat(messages.getLast().at("/result/structuredContent/contact/contact_id").asString())
                .isEqualTo("ct_1");
        assertThat(messages.getLast().path("id").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "modern"})
    void clientThatReadsNoStream_getsOneDocument(String era) {
        for (String accept : List.of("application/json", "*/*")) {
            Answer answer = call(server, era, accept, "\"progressToken\":\"p1\"");
            assertThat(answer.header("Content-Type")).startsWith("application/json");
            assertThat(answer.structured().at("/contact/contact_id").asString())
                    .isEqualTo("ct_1");
        }
    }

    @Test
    void silentStream_isKeptOpenByComments() throws Exception {
        CompletableFuture<Answer> answer = CompletableFuture
                .supplyAsync(() -> call(waiting, "modern", BOTH, "\"progressToken\":1"));
        slow.awaitCall();
        // Long enough for a tick and for many comments.
        var _ = CompletableFuture.runAsync(
                slow::finish,
                CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS));
        String text = answer.get(30, TimeUnit.SECONDS).text();
        assertThat(text).contains(": alive\n\n").contains("Still working");
        List<JsonNode> messages = messages(text);
        assertThat(messages.getLast().has("result")).isTrue();
        List<Long> progress = messages.stream()
                .filter(message -> message.has("method"))
                .map(message -> message.at("/params/progress").asLong())
                .toList();
        assertThat(progress).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(McpSchema.ElicitResult.Action.class)
    void legacyClientThatCanAsk_isAskedBeforeADelete(McpSchema.ElicitResult.Action action) {
        List<String> questions = new ArrayList<>();
        try (McpSyncClient client = McpClient
                .sync(
                        HttpClientStreamableHttpTransport.builder(server.origin())
                                .requestBuilder(
                                        HttpRequest.newBuilder()
                                                .header("Authorization", "Bearer sk_all"))
                                .build())
                .capabilities(McpSchema.ClientCapabilities.builder().elicitation().build())
                .elicitation(question -> {
                    questions.add(question.message());
                    return new McpSchema.ElicitResult(action, Map.of("confirm", true));
                })
                .build()) {
            client.initialize();
            McpSchema.CallToolResult result = client.callTool(
                    McpSchema.CallToolRequest.builder("delete_contact_note")
                            .arguments(Map.of("contact_id", "ct_1", "note_id", "note_1"))
                            .build());
            assertThat(questions).singleElement().asString().contains("note_1");
            assertThat(result.isError())
                    .isEqualTo(action != McpSchema.ElicitResult.Action.ACCEPT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk_namesake", "sk_colleague"})
    void answersOfOthers_doNotCount(String stranger) throws Exception {
        String session = initialize("{\"elicitation\":{}}").header("Mcp-Session-Id");
        try (HttpClient http = HttpClient.newHttpClient();
                Stream<String> lines = http.send(
                        HttpRequest.newBuilder(URI.create(server.origin() + "/mcp"))
                                .header("Content-Type", "application/json")
                                .header("Accept", BOTH)
                                .header("Authorization", "Bearer sk_all")
                                .header("Mcp-Session-Id", session)
                                .POST(HttpRequest.BodyPublishers.ofString(DELETE))
                                .build(),
                        HttpResponse.BodyHandlers.ofLines()).body()) {
            Iterator<JsonNode> messages = lines.filter(line -> line.startsWith("data: "))
                    .map(line -> Wire.MAPPER.readTree(line.substring("data: ".length())))
                    .iterator();
            JsonNode question = messages.next();
            assertThat(question.path("method").asString()).isEqualTo("elicitation/create");
            String yes = "{\"jsonrpc\":\"2.0\",\"id\":" + question.path("id")
                    + ",\"result\":{\"action\":\"accept\",\"content\":{\"confirm\":true}}}";
            Answer refused = server.client(stranger).post(yes, "Mcp-Session-Id", session);
            assertThat(refused.status()).isEqualTo(400);
            // Not even that somebody was asked can be told from the answer.
            Answer nobody = server.client(stranger)
                    .post(yes.replaceAll("\"id\":\"[^\"]*", "\"id\":\"none"),
                            "Mcp-Session-Id",
                            session);
            assertThat(refused.text()).isEqualTo(nobody.text());
            assertThat(
                    server.client("sk_all")
                            .post(yes.replace("accept", "decline"), "Mcp-Session-Id", session)
                            .status())
                    .isEqualTo(202);
            // Had the stranger's answer come through, the note would be gone.
            assertThat(messages.next().at("/result/isError").asBoolean()).isTrue();
        }
    }

    @Test
    void legacyClientWithoutASession_isServedAtOnce() {
        Answer answer = server.client("sk_all").post(DELETE, "Accept", BOTH);
        assertThat(answer.structured().path("deleted").asString()).isEqualTo("note_1");
    }

    @Test
    void answerNobodyAskedFor_isRefused() {
        Answer answer = server.client("sk_all")
                .post("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{\"action\":\"accept\"}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/code").asInt()).isEqualTo(-32600);
    }

    @Test
    void session_isGivenToClientsThatCanBeAsked_only() {
        assertThat(initialize("{\"elicitation\":{}}").header("Mcp-Session-Id")).startsWith("af.");
        assertThat(initialize("{}").header("Mcp-Session-Id")).isEmpty();
    }

    private Answer initialize(String capabilities) {
        return server.client("sk_all")
                .legacy(
                        "initialize",
                        "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":" + capabilities
                                + ",\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}");
    }

    private static Answer call(TestServer server, String era, String accept, String meta) {
        boolean modern = era.equals("modern");
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{"
                + "\"name\":\"get_contact\",\"arguments\":{\"contact_id\":\"ct_1\"},"
                + "\"_meta\":{" + meta
                + (modern
                        ? ",\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                                + "\"io.modelcontextprotocol/clientCapabilities\":{}"
                        : "")
                + "}}}";
        McpTestClient client = server.client("sk_all");
        return modern
                ? client.post(
                        call,
                        "Accept",
                        accept,
                        "MCP-Protocol-Version",
                        "2026-07-28",
                        "Mcp-Method",
                        "tools/call",
                        "Mcp-Name",
                        "get_contact")
                : client.post(call, "Accept", accept);
    }

    private static List<JsonNode> messages(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Wire.MAPPER.readTree(line.substring("data: ".length())))
                .toList();
    }
}
