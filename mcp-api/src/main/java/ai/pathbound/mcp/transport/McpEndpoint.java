package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.connections.ConnectionSettings;
import ai.pathbound.mcp.errors.Reason;
import ai.pathbound.mcp.errors.Refusal;
import ai.pathbound.mcp.security.CallerAuthentication;
import java.io.EOFException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// Reads a POST once, bounded, and writes the answer. What is no JSON-RPC message gets its answer
/// without either era seeing it.
@Component
final class McpEndpoint {
    private final TransportSettings settings;
    private final ConnectionSettings connections;
    private final Admission admission;
    private final ReplyWriter writer;

    McpEndpoint(TransportSettings settings,
            ConnectionSettings connections,
            Admission admission,
            ReplyWriter writer) {
        this.settings = settings;
        this.connections = connections;
        this.admission = admission;
        this.writer = writer;
    }

    /// Answers the request. The response is written here, within the user's limits, so nothing is
    /// left for the router.
    Mono<ServerResponse> post(ServerRequest request) {
        Optional<Refusal> unreadable = BodyFormat.refusal(request.headers().asHttpHeaders());
        if (unreadable.isPresent()) {
            return unreadable.get().write(request.exchange()).then(Mono.empty());
        }
        return request.principal()
                .cast(CallerAuthentication.class)
                .map(CallerAuthentication::caller)
                .flatMap(caller -> receive(request, caller).flatMap(received -> switch (received) {
                    case Received.Message(Parsed message) -> admission
                            .answer(message, request, caller, reply -> write(request, reply));
                    case Received.Refused(Reply reply) -> write(request, reply);
                }))
                .then(Mono.empty());
    }

    /// What came as the body.
    private sealed interface Received {
        record Message(Parsed message) implements Received {}

        record Refused(Reply reply) implements Received {}
    }

    private Mono<Received> receive(ServerRequest request, Caller caller) {
        return body(request)
                .<Received>map(bytes -> new Received.Message(Parsed.of(bytes, request, caller)))
                .onErrorResume(
                        DataBufferLimitException.class,
                        _ -> Mono.just(new Received.Refused(tooLarge(request))))
                .onErrorResume(
                        TimeoutException.class,
                        _ -> Mono.just(new Received.Refused(late(request))));
    }

    private Mono<Void> write(ServerRequest request, Reply reply) {
        return writer.write(request.exchange(), reply);
    }

    private Reply tooLarge(ServerRequest request) {
        return Reply.refusal(
                request,
                Refusal.of(
                        Reason.TOO_LARGE,
                        "The body is larger than " + settings.bodyMax().toKilobytes() + " KB."));
    }

    /// What of the body comes after this answer is not read, so nothing else can come.
    private static Reply late(ServerRequest request) {
        return Reply
                .refusal(
                        request,
                        Refusal.of(Reason.TIMEOUT, "The body did not come in time."))
                .with("Connection", "close");
    }

    private Mono<byte[]> body(ServerRequest request) {
        int max = Math.toIntExact(settings.bodyMax().toBytes());
        if (request.headers().contentLength().orElse(0) > max) {
            return Mono.error(new DataBufferLimitException("declared length"));
        }
        return DataBufferUtils.join(request.exchange().getRequest().getBody(), max)
                .map(McpEndpoint::bytes)
                .defaultIfEmpty(new byte[0])
                .timeout(connections.bodyWithin())
                .onErrorMap(McpEndpoint::isOfTheConnection, McpEndpoint::gone);
    }

    /// Broken off, or no HTTP any more; then the server library has answered already.
    private static boolean isOfTheConnection(Throwable failure) {
        return !(failure instanceof DataBufferLimitException
                || failure instanceof TimeoutException);
    }

    /// By this type the framework knows that there is nobody to answer, and nothing to report.
    private static Throwable gone(Throwable cause) {
        EOFException gone = new EOFException("the body breaks off");
        gone.initCause(cause);
        return gone;
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
