package ai.pathbound.mcp.backend;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.node.ObjectNode;

/// One HTTP request to the backend, without the credential.
///
/// @param path below the backend's address, with `{}` for each variable
/// @param query parameters, escaped when sent
record RestRequest(HttpMethod method,
        String path,
        List<String> variables,
        Map<String, String> query,
        Optional<ObjectNode> body,
        Optional<String> idempotencyKey) {
    RestRequest {
        variables = List.copyOf(variables);
        query = Map.copyOf(query);
    }

    static RestRequest get(String path, Map<String, String> query, String... variables) {
        return new RestRequest(HttpMethod.GET, path, List.of(variables), query, Optional.empty(),
                Optional.empty());
    }

    static RestRequest post(String path, ObjectNode body, String key, String... variables) {
        return new RestRequest(HttpMethod.POST, path, List.of(variables), Map.of(),
                Optional.of(body), Optional.of(key));
    }

    static RestRequest put(String path, ObjectNode body, String... variables) {
        return new RestRequest(HttpMethod.PUT, path, List.of(variables), Map.of(),
                Optional.of(body), Optional.empty());
    }

    static RestRequest delete(String path, String... variables) {
        return new RestRequest(HttpMethod.DELETE, path, List.of(variables), Map.of(),
                Optional.empty(), Optional.empty());
    }

    boolean isWrite() {
        return !method.equals(HttpMethod.GET);
    }
}
