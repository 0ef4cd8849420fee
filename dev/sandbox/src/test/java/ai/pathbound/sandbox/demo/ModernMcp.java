package ai.pathbound.sandbox.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Bare calls of protocol revision 2026-07-28.
final class ModernMcp implements AutoCloseable {
    private static final String REVISION = "2026-07-28";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI endpoint;
    private final String key;

    ModernMcp(URI endpoint, String key) {
        this.endpoint = endpoint;
        this.key = key;
    }

    /// The result of a call that must succeed.
    JsonNode call(String tool, Map<String, Object> arguments) {
        JsonNode result = result(tool, arguments);
        if (result.path("isError").asBoolean()) {
            throw new AssertionError(tool + " " + arguments + ": " + result);
        }
        return result.path("structuredContent");
    }

    /// The whole `result`, error or not.
    JsonNode result(String tool, Map<String, Object> arguments) {
        return result("tools/call", tool, Map.of("name", tool, "arguments", arguments));
    }

    /// How many reads per minute this node grants.
    int readsGranted() {
        return send("tools/call",
                "get_event_types",
                Map.of("name", "get_event_types", "arguments", Map.of()))
                .headers()
                .firstValue("RateLimit-Limit")
                .map(Integer::parseInt)
                .orElse(0);
    }

    /// The text of a resource.
    String read(String uri) {
        return result("resources/read", uri, Map.of("uri", uri)).at("/contents/0/text").asString();
    }

    private JsonNode result(String method, String name, Map<String, Object> parameters) {
        return JSON.readTree(send(method, name, parameters).body()).path("result");
    }

    private HttpResponse<String> send(String method,
            String name,
            Map<String, Object> parameters) {
        Map<String, Object> params = new LinkedHashMap<>(parameters);
        params.put(
                "_meta",
                Map.of(
                        "io.modelcontextprotocol/protocolVersion",
                        REVISION,
                        "io.modelcontextprotocol/clientCapabilities",
                        Map.of()));
        Map<String, Object> body = Map.of(
                "jsonrpc",
                "2.0",
                "id",
                1,
                "method",
                method,
                "params",
                params);
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Authorization", "Bearer " + key)
                .header("MCP-Protocol-Version", REVISION)
                .header("Mcp-Method", method)
                .header("Mcp-Name", name)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
