package ai.pathbound.sandbox;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A caller of REST v1 with one key.
public final class Rest implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;
    private final String key;

    public Rest(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    /// An answer with its body as JSON.
    public record Reply(int status, JsonNode body, java.net.http.HttpHeaders headers) {
        String id(String entity) {
            return body.path(entity).path(entity + "_id").asString();
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    public Reply get(String path) {
        return call("GET", path, "");
    }

    public Reply post(String path, String body, String... headers) {
        return call("POST", path, body, headers);
    }

    Reply put(String path, String body) {
        return call("PUT", path, body);
    }

    Reply delete(String path) {
        return call("DELETE", path, "");
    }

    private Reply call(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(base.resolve("/v1" + path))
                .header("Authorization", "Bearer " + key)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = client
                    .send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), JSON.readTree(response.body()),
                    response.headers());
        } catch (java.io.IOException e) {
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
