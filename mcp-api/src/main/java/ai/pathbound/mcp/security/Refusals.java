package ai.pathbound.mcp.security;

import ai.pathbound.mcp.json.Wire;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The HTTP answers to requests that get no further: small JSON bodies without internals.
final class Refusals {
    private Refusals() {}

    /// RFC 6750 §3.1: no error attribute when no credential was sent.
    static Mono<Void> noCredential(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return write(
                exchange,
                HttpStatus.UNAUTHORIZED,
                Map.of("error", "unauthorized", "message", "Send an API key as Bearer token."));
    }

    static Mono<Void> of(ServerWebExchange exchange, Verdict verdict) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        return switch (verdict) {
            case Verdict.Accepted _ ->
                throw new IllegalArgumentException("an accepted credential is not refused");
            case Verdict.Rejected _ -> {
                headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
                yield write(
                        exchange,
                        HttpStatus.UNAUTHORIZED,
                        Map.of(
                                "error",
                                "invalid_token",
                                "message",
                                "The credential is unknown, expired or revoked."));
            }
            case Verdict.Unverified _ -> write(
                    exchange,
                    HttpStatus.FORBIDDEN,
                    Map.of(
                            "error",
                            "forbidden",
                            "message",
                            "The user of this key must verify the e-mail address first.",
                            "requires_email_verification",
                            true));
            case Verdict.Forbidden _ -> write(
                    exchange,
                    HttpStatus.FORBIDDEN,
                    Map.of("error", "forbidden", "message", "This key may not be used here."));
            case Verdict.Unavailable unavailable -> {
                headers.set(
                        HttpHeaders.RETRY_AFTER,
                        Long.toString(Math.max(1, unavailable.retryAfter().toSeconds())));
                yield write(
                        exchange,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        Map.of(
                                "error",
                                "unavailable",
                                "message",
                                "The credential cannot be checked just now."));
            }
        };
    }

    private static Mono<Void> write(ServerWebExchange exchange,
            HttpStatus status,
            Map<String, Object> body) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(status);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        return response.writeWith(
                Mono.fromSupplier(
                        () -> response.bufferFactory().wrap(Wire.MAPPER.writeValueAsBytes(body))));
    }
}
