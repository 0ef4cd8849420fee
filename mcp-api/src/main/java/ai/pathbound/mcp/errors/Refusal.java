package ai.pathbound.mcp.errors;

import ai.pathbound.mcp.json.Wire;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The answer to an HTTP request that is refused as a whole, before its message is understood. It is a
/// JSON-RPC error for every status and on every path, so that a client needs one way to read it:
///
///     {"jsonrpc": "2.0", "id": null, "error": {
///         "code": 415, "message": "…", "data": {"reason": "unsupported_media_type"}}}
///
/// @param reason names the HTTP status, which is the error's `code` as well
/// @param message for reading
/// @param data further members beside `reason`
public record Refusal(Reason reason, String message, Map<String, Object> data) {
    public Refusal {
        data = Map.copyOf(data);
    }

    public static Refusal of(Reason reason, String message) {
        return new Refusal(reason, message, Map.of());
    }

    public int status() {
        return reason.status();
    }

    /// With a further member of `data`.
    public Refusal with(String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(data);
        all.put(name, value);
        return new Refusal(reason, message, all);
    }

    /// Says when to come back.
    public Refusal retryAfter(Duration pause) {
        return with("retry_after_ms", Math.max(1, pause.toMillis()));
    }

    /// What `error.data` holds, in an order that does not change.
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("reason", reason.word());
        data.entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> details.put(entry.getKey(), entry.getValue()));
        return details;
    }

    /// Answers the request with it. Headers that belong to it are the caller's to set.
    public Mono<Void> write(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(status()));
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        HttpHeaders request = exchange.getRequest().getHeaders();
        return response.writeWith(
                Mono.fromSupplier(
                        () -> response.bufferFactory()
                                .wrap(
                                        Wire.MAPPER.writeValueAsBytes(
                                                error(
                                                        UnknownId.of(request),
                                                        status(),
                                                        message,
                                                        details())))));
    }

    /// A JSON-RPC error.
    ///
    /// @param id empty where the message shall have no such member
    public static Map<String, Object> error(Optional<Object> id,
            int code,
            String message,
            Map<String, Object> data) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        if (!data.isEmpty()) {
            error.put("data", data);
        }
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("jsonrpc", "2.0");
        id.ifPresent(value -> envelope.put("id", value));
        envelope.put("error", error);
        return envelope;
    }
}
