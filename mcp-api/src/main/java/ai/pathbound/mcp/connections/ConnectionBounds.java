package ai.pathbound.mcp.connections;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/// Bounds the number of connections and how long each may keep the server waiting for a request. Slow
/// clients then hold a connection for a known time, and never a thread.
@Component
final class ConnectionBounds implements NettyServerCustomizer {
    private static final String DEADLINE = "pathbound.headDeadline";

    private final ConnectionSettings settings;
    private final AtomicInteger open = new AtomicInteger();

    ConnectionBounds(ConnectionSettings settings) {
        this.settings = settings;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.doOnChannelInit((_, channel, _) -> bound(channel));
    }

    private void bound(Channel channel) {
        channel.closeFuture().addListener(_ -> open.decrementAndGet());
        if (open.incrementAndGet() > settings.max()) {
            var _ = channel.close();
            return;
        }
        channel.pipeline()
                .addAfter(
                        NettyPipeline.HttpCodec,
                        DEADLINE,
                        new HeadDeadline(settings.headWithin()));
    }
}
