package ai.pathbound.mcp.security;

import ai.pathbound.mcp.errors.Reason;
import ai.pathbound.mcp.errors.Refusal;
import ai.pathbound.mcp.limits.Grant;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The answers to requests whose credential does not let them further.
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
                Reason.UNAUTHORIZED,
                "Send an API key or an access token as Bearer token.");
    }

    /// RFC 6750 §3.1: more than one method of sending a credential is a bad request.
    Mono<Void> ambiguous(ServerWebExchange exchange) {
        return write(
                exchange,
                Reason.INVALID_REQUEST,
                "The request holds different credentials; send one, as Authorization or as"
                        + " x-api-key.");
    }

    Mono<Void> limited(ServerWebExchange exchange, Grant.Refused refused) {
        refused.headers().forEach(exchange.getResponse().getHeaders()::set);
        return Refusal.of(Reason.RATE_LIMITED, refused.why())
                .retryAfter(refused.retryAfter())
                .write(exchange);
    }

    Mono<Void> of(ServerWebExchange exchange, Verdict.Refusal refusal) {
        return switch (refusal) {
            case Verdict.Rejected _ -> {
                challenge(exchange, challenge.invalid());
                yield write(
                        exchange,
                        Reason.INVALID_TOKEN,
                        "The credential is unknown, expired or revoked.");
            }
            case Verdict.Unverified _ -> Refusal
                    .of(
                            Reason.FORBIDDEN,
                            "The user of this key must verify the e-mail address first.")
                    .with("requires_email_verification", true)
                    .write(exchange);
            case Verdict.Forbidden _ -> write(
                    exchange,
                    Reason.FORBIDDEN,
                    "This credential may not be used here.");
            case Verdict.Unavailable unavailable -> {
                exchange.getResponse()
                        .getHeaders()
                        .set(
                                HttpHeaders.RETRY_AFTER,
                                Long.toString(Math.max(1, unavailable.retryAfter().toSeconds())));
                yield Refusal
                        .of(Reason.UNAVAILABLE, "The credential cannot be checked just now.")
                        .retryAfter(unavailable.retryAfter())
                        .write(exchange);
            }
        };
    }

    private static void challenge(ServerWebExchange exchange, String text) {
        exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, text);
    }

    private static Mono<Void> write(ServerWebExchange exchange, Reason reason, String message) {
        return Refusal.of(reason, message).write(exchange);
    }
}
