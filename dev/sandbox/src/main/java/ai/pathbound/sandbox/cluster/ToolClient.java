package ai.pathbound.sandbox.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls tools over MCP, as a client of revision 2026-07-28 does.
public final class ToolClient implements AutoCloseable {
    private static final String REVISION = "2026-07-28";
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();
    private final URI endpoint;
    private final String key;

    /// @param endpoint the MCP endpoint, with its path
    /// @param key API key to call with
    public ToolClient(URI endpoint, String key) {
        this.endpoint = endpoint;
        this.key = key;
    }

    /// What came back.
    ///
    /// @param status of HTTP
    /// @param result the `result` of the message, missing in errors of protocol and transport
    public record Reply(int status, JsonNode result) {
        /// Whether the tool gave what it was asked for.
        public boolean isAnswer() {
            return status == 200 && result.isObject() && !result.path("isError").asBoolean();
        }

        public JsonNode content() {
            return result.path("structuredContent");
        }

        /// In a word: `answered`, the tool's error code, or the status of HTTP.
        public String kind() {
            if (isAnswer()) {
                return "answered";
            }
            String code = parsed(
                    result.path("content").path(0).path("text").asString("").getBytes(UTF_8))
                    .path("error")
                    .path("code")
                    .asString("");
            return code.isEmpty() ? "HTTP " + status : code;
        }

        /// The instant up to which the answer holds every change.
        public Optional<Instant> asOf() {
            return Optional
                    .ofNullable(
                            result.path("_meta")
                                    .path("ai.pathbound/freshness")
                                    .path("as_of")
                                    .asString(null))
                    .map(Instant::parse);
        }
    }

    /// Calls a tool. Throws [IOException] when there is no answer of any kind.
    public Reply call(String tool, Map<String, Object> arguments)
            throws IOException, InterruptedException {
        return call(tool, arguments, Map.of(), Map.of());
    }

    /// Calls a tool as a client with these capabilities.
    ///
    /// @param more further parameters of the request, such as answers to a question of the server
    Reply call(String tool,
            Map<String, Object> arguments,
            Map<String, Object> capabilities,
            Map<String, Object> more) throws IOException, InterruptedException {
        Map<String, Object> meta = Map.of(
                "io.modelcontextprotocol/protocolVersion",
                REVISION,
                "io.modelcontextprotocol/clientCapabilities",
                capabilities);
        Map<String, Object> params = new LinkedHashMap<>(more);
        params.putAll(Map.of("name", tool, "arguments", arguments, "_meta", meta));
        Map<String, Object> message = Map.of(
                "jsonrpc",
                "2.0",
                "id",
                1,
                "method",
                "tools/call",
                "params",
                params);
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Authorization", "Bearer " + key)
                .header("MCP-Protocol-Version", REVISION)
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", tool)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(message)))
                .build();
        HttpResponse<byte[]> response = client
                .send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new Reply(response.statusCode(), parsed(response.body()).path("result"));
    }

    private static JsonNode parsed(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException _) {
            // Proxies and broken connections answer with anything.
            return JSON.missingNode();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
