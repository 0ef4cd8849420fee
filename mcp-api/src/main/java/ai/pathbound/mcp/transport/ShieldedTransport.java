package ai.pathbound.mcp.transport;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/// A transport whose server cannot fail: what goes wrong in the SDK becomes an error in our words, and
/// its own words stay in the log.
final class ShieldedTransport implements McpStatelessServerTransport {
    private static final Logger LOG = LoggerFactory.getLogger(ShieldedTransport.class);
    private final McpStatelessServerTransport transport;

    ShieldedTransport(McpStatelessServerTransport transport) {
        this.transport = transport;
    }

    @Override
    public void setMcpHandler(McpStatelessServerHandler handler) {
        transport.setMcpHandler(new McpStatelessServerHandler() {
            @Override
            public Mono<McpSchema.JSONRPCResponse> handleRequest(McpTransportContext context,
                    McpSchema.JSONRPCRequest request) {
                return Mono.defer(() -> handler.handleRequest(context, request))
                        .map(response -> shielded(request, response))
                        .onErrorResume(failure -> Mono.just(incident(request, failure)));
            }

            @Override
            public Mono<Void> handleNotification(McpTransportContext context,
                    McpSchema.JSONRPCNotification notification) {
                return Mono.empty();
            }
        });
    }

    @Override
    public Mono<Void> closeGracefully() {
        return transport.closeGracefully();
    }

    @Override
    public List<String> protocolVersions() {
        return LegacyServer.VERSIONS;
    }

    private static McpSchema.JSONRPCResponse shielded(McpSchema.JSONRPCRequest request,
            McpSchema.JSONRPCResponse response) {
        McpSchema.JSONRPCResponse.JSONRPCError error = response.error();
        if (error == null) {
            return response;
        }
        return switch (error.code()) {
            case Reply.METHOD_NOT_FOUND ->
                error(request, Reply.METHOD_NOT_FOUND, "There is no such method.");
            case Reply.INVALID_PARAMS ->
                error(request, Reply.INVALID_PARAMS, "params do not fit the method.");
            default -> incident(request, new IllegalStateException(error.message()));
        };
    }

    private static McpSchema.JSONRPCResponse incident(McpSchema.JSONRPCRequest request,
            Throwable failure) {
        String incident = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("Incident {}: {} failed", incident, request.method(), failure);
        return error(
                request,
                Reply.INTERNAL_ERROR,
                "Internal error; incident " + incident + ".");
    }

    private static McpSchema.JSONRPCResponse error(McpSchema.JSONRPCRequest request,
            int code,
            String message) {
        return McpSchema.JSONRPCResponse.error(
                request.id(),
                new McpSchema.JSONRPCResponse.JSONRPCError(code, message, null));
    }
}
