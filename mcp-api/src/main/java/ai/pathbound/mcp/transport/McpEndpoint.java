package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.security.CallerAuthentication;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// Reads a POST once, bounded, and writes the answer. What is no JSON-RPC message gets its answer
/// without either era seeing it.
@Component
final class McpEndpoint {
    private final TransportSettings settings;
    private final Admission admission;
    private final ReplyWriter writer;

    McpEndpoint(TransportSettings settings, Admission admission, ReplyWriter writer) {
        this.settings = settings;
        this.admission = admission;
        this.writer = writer;
    }

    /// Answers the request. The response is written here, within the user's limits, so nothing is
    /// left for the router.
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
                .map(CallerAuthentication::caller)
                .flatMap(
                        caller -> body(request)
                                .map(bytes -> Optional.of(Parsed.of(bytes, request, caller)))
                                .onErrorResume(
                                        DataBufferLimitException.class,
                                        _ -> Mono.just(Optional.empty()))
                                .flatMap(
                                        parsed -> parsed.map(
                                                message -> admission.answer(
                                                        message,
                                                        caller,
                                                        reply -> write(request, reply)))
                                                .orElseGet(() -> write(request, tooLarge()))))
                .then(Mono.empty());
    }

    private Mono<Void> write(ServerRequest request, Reply reply) {
        return writer.write(request.exchange(), reply);
    }

    private Reply tooLarge() {
        return Reply.error(
                413,
                Optional.empty(),
                Reply.INVALID_REQUEST,
                "The body is larger than " + settings.bodyMax() + ".");
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
}
