package ai.pathbound.mcp.security;

import ai.pathbound.mcp.json.Wire;
import ai.pathbound.mcp.limits.Grant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The HTTP answers to requests that get no further: small JSON bodies without internals.
@Component
final class Refusals {
    private final Challenge challenge;

    Refusals(Challenge challenge) {
        this.challenge = challenge;
    }

    Mono<Void> noCredential(ServerWebExchange exchange) {
        challenge(exchange, challenge.noCredential());
        return write(
                exchange,
                HttpStatus.UNAUTHORIZED,
                body("unauthorized", "Send an API key or an access token as Bearer token."));
    }

    /// RFC 6750 §3.1: more than one method of sending a credential is a bad request.
    Mono<Void> ambiguous(ServerWebExchange exchange) {
        return write(
                exchange,
                HttpStatus.BAD_REQUEST,
                body(
                        "invalid_request",
                        "The request holds different credentials; send one, as Authorization or as"
                                + " x-api-key."));
    }

    /// The body is one of JSON-RPC, as for users beyond their limits; no id, since the message was
    /// not read.
    Mono<Void> limited(ServerWebExchange exchange, Grant.Refused refused) {
        refused.headers().forEach(exchange.getResponse().getHeaders()::set);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("jsonrpc", "2.0");
        body.put(
                "error",
                Map.of(
                        "code",
                        HttpStatus.TOO_MANY_REQUESTS.value(),
                        "message",
                        refused.why(),
                        "data",
                        Map.of("retry_after_ms", Math.max(1, refused.retryAfter().toMillis()))));
        return write(exchange, HttpStatus.TOO_MANY_REQUESTS, body);
    }

    Mono<Void> of(ServerWebExchange exchange, Verdict.Refusal refusal) {
        return switch (refusal) {
            case Verdict.Rejected _ -> {
                challenge(exchange, challenge.invalid());
                yield write(
                        exchange,
                        HttpStatus.UNAUTHORIZED,
                        body("invalid_token", "The credential is unknown, expired or revoked."));
            }
            case Verdict.Unverified _ -> {
                Map<String, Object> body = body(
                        "forbidden",
                        "The user of this key must verify the e-mail address first.");
                body.put("requires_email_verification", true);
                yield write(exchange, HttpStatus.FORBIDDEN, body);
            }
            case Verdict.Forbidden _ -> write(
                    exchange,
                    HttpStatus.FORBIDDEN,
                    body("forbidden", "This credential may not be used here."));
            case Verdict.Unavailable unavailable -> {
                exchange.getResponse()
                        .getHeaders()
                        .set(
                                HttpHeaders.RETRY_AFTER,
                                Long.toString(Math.max(1, unavailable.retryAfter().toSeconds())));
                yield write(
                        exchange,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        body("unavailable", "The credential cannot be checked just now."));
            }
        };
    }

    private static void challenge(ServerWebExchange exchange, String text) {
        exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, text);
    }

    private static Map<String, Object> body(String error, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("message", message);
        return body;
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
