package ai.pathbound.mcp.nodes;

import ai.pathbound.projector.query.Json;
import ai.pathbound.projector.routing.NodeAddress;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/// Asks other nodes over connections that stay open. Cancelling the wait closes the connection, which
/// tells the other node that nobody waits any more.
public final class NodeClient implements AutoCloseable {
    private static final int CONNECT_MILLIS = 1_000;
    private static final int WAITING_PER_CONNECTION = 16;
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final NodeSecurity security;
    private final ConnectionProvider connections;
    private final HttpClient http;
    private final Silences silences = new Silences(System::nanoTime);

    /// @param connectionsMax connections to each node at most
    public NodeClient(NodeSecurity security, int connectionsMax) {
        this.security = security;
        connections = ConnectionProvider.builder("nodes")
                .maxConnections(connectionsMax)
                .pendingAcquireMaxCount(connectionsMax * WAITING_PER_CONNECTION)
                .pendingAcquireTimeout(Duration.ofSeconds(5))
                .maxIdleTime(IDLE)
                .lifo()
                .build();
        http = security.secure(HttpClient.create(connections))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
    }

    /// Sends the request once; an error when the node cannot be reached, does not answer `within`, or
    /// says something unknown.
    Mono<NodeReply> send(NodeAddress node, NodeRequest request, Duration within) {
        byte[] body = NodeWire.write(request);
        if (!(request instanceof NodeRequest.Await)) {
            silences.asked(node);
        }
        return http
                .headers(
                        headers -> headers
                                .set(
                                        "Authorization",
                                        security.secret().sign(NodeServer.PATH, body))
                                .set("Content-Length", body.length))
                .post()
                .uri(security.scheme() + "://" + node + NodeServer.PATH)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .responseSingle(
                        (response, content) -> {
                            silences.heard(node);
                            return content.asByteArray()
                                    .defaultIfEmpty(new byte[0])
                                    .map(bytes -> reply(response, bytes));
                        })
                .timeout(within);
    }

    /// Whether the node has been asked and says nothing at all.
    boolean isSilent(NodeAddress node) {
        return silences.isSilent(node);
    }

    private static NodeReply reply(HttpClientResponse response, byte[] body) {
        if (response.status().code() != 200) {
            return new NodeReply.Refused("status " + response.status().code());
        }
        return NodeWire.read(
                new NodeWire.Message(header(response, NodeServer.WORD),
                        header(response, NodeServer.FRESHNESS), new Json(body)));
    }

    private static String header(HttpClientResponse response, String name) {
        return response.responseHeaders().get(name, "");
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
