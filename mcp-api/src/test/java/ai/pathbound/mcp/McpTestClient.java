package ai.pathbound.mcp;

import ai.pathbound.mcp.json.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Sends MCP messages in both eras, and anything else, over plain HTTP.
final class McpTestClient {
    static final String META = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}""";
    private final HttpClient http = HttpClient.newHttpClient();
    private final String origin;
    private final String key;

    McpTestClient(String origin, String key) {
        this.origin = origin;
        this.key = key;
    }

    Answer tool(String name, String arguments) {
        return modern(
                "tools/call",
                name,
                "\"name\":\"" + name + "\",\"arguments\":" + arguments + ",");
    }

    Answer legacyTool(String name, String arguments) {
        return legacy(
                "tools/call",
                "{\"name\":\"" + name + "\",\"arguments\":" + arguments + "}");
    }

    /// Sends a call and closes the connection before its answer can come.
    void hangUpOn(String tool, String arguments, Duration after) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin + "/mcp"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .timeout(after)
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                                        + "{\"name\":\"" + tool + "\",\"arguments\":" + arguments
                                        + "}}"))
                .build();
        try {
            http.send(request, HttpResponse.BodyHandlers.discarding());
            throw new IllegalStateException("the answer came first");
        } catch (HttpTimeoutException expected) {
            // The connection is closed.
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    Answer legacy(String method, String params) {
        return post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params
                        + "}");
    }

    /// @param name what Mcp-Name says, or empty for no such header
    /// @param params further members, each followed by a comma
    Answer modern(String method, String name, String params) {
        List<String> headers = new ArrayList<>(
                List.of("Mcp-Method", method, "MCP-Protocol-Version", "2026-07-28"));
        if (!name.isEmpty()) {
            headers.addAll(List.of("Mcp-Name", name));
        }
        return post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params
                        + META + "}}",
                headers.toArray(String[]::new));
    }

    /// @param headers names and values in turn, besides the credential
    Answer post(String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + "/mcp"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    /// Does not say how long the body is.
    Answer postChunked(String body) {
        return send(
                HttpRequest.newBuilder(URI.create(origin + "/mcp"))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.fromPublisher(
                                        HttpRequest.BodyPublishers.ofString(body))));
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(URI.create(origin + path)));
    }

    private Answer send(HttpRequest.Builder request) {
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        try {
            HttpResponse<String> response = http
                    .send(request.build(), HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            return new Answer(response.statusCode(), text,
                    text.startsWith("{")
                            ? Wire.MAPPER.readTree(text)
                            : Wire.MAPPER.createObjectNode(),
                    response.headers().firstValue("WWW-Authenticate").orElse(""),
                    response.headers());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    record Answer(int status,
            String text,
            JsonNode json,
            String challenge,
            HttpHeaders headers) {
        /// A header, or empty.
        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /// The error inside a tool result.
        JsonNode errorText() {
            return Wire.MAPPER.readTree(json.at("/result/content/0/text").asString("{}"));
        }

        String code() {
            return errorText().at("/error/code").asString("");
        }

        JsonNode structured() {
            return json.at("/result/structuredContent");
        }
    }
}
