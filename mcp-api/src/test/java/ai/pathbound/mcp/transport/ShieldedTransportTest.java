package ai.pathbound.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/// What the library says about failures stays inside.
final class ShieldedTransportTest {
    private static final String SECRET = "java.lang.IllegalStateException: jdbc:secret";

    @Test
    void exceptions_becomeIncidents() {
        assertThat(answer(() -> {
            throw new IllegalStateException(SECRET);
        }).message()).matches("Internal error; incident [0-9a-f]{8}\\.");
        assertThat(answer(() -> Mono.error(new IllegalStateException(SECRET))).code())
                .isEqualTo(-32603);
    }

    @ParameterizedTest
    @CsvSource({"-32601", "-32602", "-32603", "-32000", "7"})
    void errorsOfTheLibrary_areToldInOurWords(int code) {
        assertThat(
                answer(
                        () -> Mono.just(
                                McpSchema.JSONRPCResponse.error(
                                        1,
                                        new McpSchema.JSONRPCResponse.JSONRPCError(code, SECRET,
                                                SECRET))))
                        .toString())
                .doesNotContain("jdbc", "Exception");
    }

    private static McpSchema.JSONRPCResponse.JSONRPCError answer(
            Supplier<Mono<McpSchema.JSONRPCResponse>> library) {
        List<McpStatelessServerHandler> shielded = new ArrayList<>();
        new ShieldedTransport(new McpStatelessServerTransport() {
            @Override
            public void setMcpHandler(McpStatelessServerHandler handler) {
                shielded.add(handler);
            }

            @Override
            public Mono<Void> closeGracefully() {
                return Mono.empty();
            }
        }).setMcpHandler(new McpStatelessServerHandler() {
            @Override
            public Mono<McpSchema.JSONRPCResponse> handleRequest(McpTransportContext context,
                    McpSchema.JSONRPCRequest request) {
                return library.get();
            }

            @Override
            public Mono<Void> handleNotification(McpTransportContext context,
                    McpSchema.JSONRPCNotification notification) {
                return Mono.empty();
            }
        });
        McpSchema.JSONRPCResponse response = shielded.getFirst()
                .handleRequest(
                        McpTransportContext.EMPTY,
                        new McpSchema.JSONRPCRequest("ping", 1, Map.of()))
                .block();
        return Objects.requireNonNull(Objects.requireNonNull(response).error());
    }
}
