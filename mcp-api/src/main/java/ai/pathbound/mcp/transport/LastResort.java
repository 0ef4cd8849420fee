package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.errors.Reason;
import ai.pathbound.mcp.errors.Refusal;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/// Answers what nothing else has answered, such as unknown paths, in a few words of JSON. Goes before
/// Spring Boot's handler, whose pages tell what this server is built with.
@Component
@Order(-2)
final class LastResort implements WebExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        boolean clientsFault = DisconnectedClientHelper.isClientDisconnectedException(failure)
                || isAnswered(response);
        // Nobody reads this status, which can be set as long as no answer of ours has begun. Without
        // it the framework reports a server error.
        if (clientsFault && response.setStatusCode(HttpStatus.BAD_REQUEST)) {
            LOG.debug("A client broke its request off", failure);
            return Mono.empty();
        }
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        if (failure instanceof ResponseStatusException known
                && known.getStatusCode().is4xxClientError()) {
            return refusal(known.getStatusCode().value()).write(exchange);
        }
        String incident = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("Incident {}: a request failed", incident, failure);
        return Refusal.of(Reason.INTERNAL, "Internal error; incident " + incident + ".")
                .write(exchange);
    }

    private static Refusal refusal(int status) {
        return switch (status) {
            case 404 -> Refusal.of(
                    Reason.NOT_FOUND,
                    "There is nothing under this path; MCP is served at POST /mcp.");
            case 405 -> Refusal.of(
                    Reason.METHOD_NOT_ALLOWED,
                    "This path does not take the method.");
            case 415 -> Refusal.of(
                    Reason.UNSUPPORTED_MEDIA_TYPE,
                    "This path does not take such a body.");
            default -> Refusal.of(Reason.INVALID_REQUEST, "The request cannot be read.");
        };
    }

    /// Whether the server library has answered: it does when the rest of a request is no HTTP.
    private static boolean isAnswered(ServerHttpResponse response) {
        Object library = ServerHttpResponseDecorator.getNativeResponse(response);
        return library instanceof HttpServerResponse sent && sent.hasSentHeaders();
    }
}
