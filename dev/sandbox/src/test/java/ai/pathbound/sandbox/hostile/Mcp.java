package ai.pathbound.sandbox.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A caller with one key that speaks one era.
final class Mcp implements AutoCloseable {
    /// The two eras of the protocol.
    enum Era {
        MODERN, LEGACY
    }

    /// An answer as it came.
    record Reply(int status, String text, String headers) {
        JsonNode json() {
            return JSON.readTree(text);
        }

        JsonNode result() {
            return json().path("result");
        }

        JsonNode structured() {
            return result().path("structuredContent");
        }

        /// The error inside a tool's result.
        JsonNode error() {
            return JSON.readTree(json().at("/result/content/0/text").asString("{}"))
                    .path("error");
        }

        /// The answer without what changes from call to call.
        JsonNode lasting() {
            ObjectNode all = (ObjectNode) json();
            if (all.path("result").path("_meta") instanceof ObjectNode meta) {
                meta.remove("ai.pathbound/freshness");
                // Says nothing but whether the same question has a new answer.
                meta.remove("ai.pathbound/changed_cursor");
            }
            all.path("result").path("contents").forEach(page -> {
                if (page.path("_meta") instanceof ObjectNode meta) {
                    meta.remove("ai.pathbound/freshness");
                }
            });
            return all;
        }
    }

    private static final JsonMapper JSON = new JsonMapper();
    private static final String REVISION = "2026-07-28";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI endpoint;
    private final String key;
    private final Era era;

    Mcp(int port, String key, Era era) {
        endpoint = URI.create("http://localhost:" + port + "/mcp");
        this.key = key;
        this.era = era;
    }

    Era era() {
        return era;
    }

    Reply tool(String name, Map<String, ?> arguments) {
        return tool(name, arguments, Map.of(), Map.of());
    }

    /// @param meta further members of `_meta`
    /// @param params further members of `params`
    Reply tool(String name, Map<String, ?> arguments, Map<String, ?> meta, Map<String, ?> params) {
        Map<String, Object> all = new LinkedHashMap<>(params);
        all.put("name", name);
        all.put("arguments", arguments);
        return send("tools/call", name, all, meta);
    }

    Reply read(String uri) {
        return send("resources/read", uri, Map.of("uri", uri), Map.of());
    }

    Reply prompt(String name, Map<String, ?> arguments) {
        return send("prompts/get", name, Map.of("name", name, "arguments", arguments), Map.of());
    }

    /// What is suggested for an argument of a prompt.
    Reply complete(String prompt, String argument, String typed) {
        return send(
                "completion/complete",
                "",
                Map.of(
                        "ref",
                        Map.of("type", "ref/prompt", "name", prompt),
                        "argument",
                        Map.of("name", argument, "value", typed)),
                Map.of());
    }

    Reply list(String what) {
        return send(what + "/list", "", Map.of(), Map.of());
    }

    private Reply send(String method, String name, Map<String, ?> params, Map<String, ?> meta) {
        Map<String, Object> allMeta = new LinkedHashMap<>(meta);
        Map<String, Object> allParams = new LinkedHashMap<>(params);
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Authorization", "Bearer " + key);
        if (era == Era.MODERN) {
            allMeta.put("io.modelcontextprotocol/protocolVersion", REVISION);
            allMeta.putIfAbsent("io.modelcontextprotocol/clientCapabilities", Map.of());
            request.header("MCP-Protocol-Version", REVISION).header("Mcp-Method", method);
            if (!name.isEmpty()) {
                request.header("Mcp-Name", name);
            }
        }
        if (!allMeta.isEmpty()) {
            allParams.put("_meta", allMeta);
        }
        String body = JSON.writeValueAsString(
                Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", allParams));
        try {
            HttpResponse<String> answer = http.send(
                    request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Reply(answer.statusCode(), answer.body(),
                    answer.headers().map().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
