package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.json.Wire;
import ai.pathbound.mcp.security.CallerAuthentication;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a POST once, bounded, and hands the message to the era it belongs to. Everything that is no
/// JSON-RPC message is answered here, so neither era sees it.
@Component
final class McpEndpoint {
    private final TransportSettings settings;
    private final EraRouter router;

    McpEndpoint(TransportSettings settings, EraRouter router) {
        this.settings = settings;
        this.router = router;
    }

    Mono<ServerResponse> post(ServerRequest request) {
        boolean json = request.headers()
                .contentType()
                .map(MediaType.APPLICATION_JSON::isCompatibleWith)
                .orElse(true);
        if (!json) {
            return ServerResponse.status(415).build();
        }
        return request.principal()
                .cast(CallerAuthentication.class)
                .flatMap(
                        authentication -> body(request).flatMap(
                                bytes -> answer(
                                        bytes,
                                        request.headers().asHttpHeaders(),
                                        authentication.caller())))
                .onErrorResume(
                        DataBufferLimitException.class,
                        _ -> Mono.just(
                                Reply.error(
                                        413,
                                        Optional.empty(),
                                        Reply.INVALID_REQUEST,
                                        "The body is larger than " + settings.bodyMax() + ".")))
                .flatMap(McpEndpoint::write);
    }

    private Mono<byte[]> body(ServerRequest request) {
        int max = Math.toIntExact(settings.bodyMax().toBytes());
        if (request.headers().contentLength().orElse(0) > max) {
            return Mono.error(new DataBufferLimitException("declared length"));
        }
        return DataBufferUtils.join(request.exchange().getRequest().getBody(), max)
                .map(McpEndpoint::bytes)
                .defaultIfEmpty(new byte[0]);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private Mono<Reply> answer(byte[] body, HttpHeaders headers, Caller caller) {
        JsonNode root;
        try {
            root = Wire.MAPPER.readTree(body);
        } catch (JacksonException unreadable) {
            return malformed(Reply.PARSE_ERROR, "The body is not valid JSON.");
        }
        if (!(root instanceof ObjectNode message)) {
            return malformed(Reply.INVALID_REQUEST, "The body must be one JSON-RPC message.");
        }
        JsonNode id = message.path("id");
        if (!id.isMissingNode() && !id.isString() && !id.isIntegralNumber()) {
            return malformed(Reply.INVALID_REQUEST, "id must be a string or an integer.");
        }
        Optional<Object> known = id.isMissingNode()
                ? Optional.empty()
                : Optional.of(id.isString() ? id.stringValue() : id.numberValue());
        JsonNode params = message.path("params");
        if (!"2.0".equals(message.path("jsonrpc").asString(""))
                || !message.path("method").isString()) {
            return Mono.just(
                    Reply.error(
                            400,
                            known,
                            Reply.INVALID_REQUEST,
                            "A JSON-RPC 2.0 request with a method is expected."));
        }
        if (!params.isMissingNode() && !params.isObject()) {
            return Mono.just(
                    Reply.error(400, known, Reply.INVALID_PARAMS, "params must be an object."));
        }
        ObjectNode object = params instanceof ObjectNode given
                ? given
                : Wire.MAPPER.createObjectNode();
        return router.route(
                new Call(known, message.path("method").stringValue(), object, headers, caller));
    }

    private static Mono<Reply> malformed(int code, String text) {
        return Mono.just(Reply.error(400, Optional.empty(), code, text));
    }

    private static Mono<ServerResponse> write(Reply reply) {
        ServerResponse.BodyBuilder response = ServerResponse.status(reply.status());
        reply.headers().forEach((name, value) -> response.header(name, value));
        return reply.body()
                .map(
                        body -> response.contentType(MediaType.APPLICATION_JSON)
                                .bodyValue(Wire.MAPPER.writeValueAsBytes(body)))
                .orElseGet(response::build);
    }
}
