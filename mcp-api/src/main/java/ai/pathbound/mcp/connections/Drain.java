package ai.pathbound.mcp.connections;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Keeps serving for a while after the process was told to stop. The health check already says that it
/// is not ready; a balancer learns of it only at its next look, and a request it sends until then would
/// meet a closed port. Each answer meanwhile closes its connection, so that none is left to be reused
/// when the port closes.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Drain implements SmartLifecycle, WebFilter {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final Duration time;
    private volatile boolean running;
    private volatile boolean draining;

    Drain(ConnectionSettings settings) {
        time = settings.drain();
    }

    @Override
    public void start() {
        running = true;
    }

    /// Calls back when the time is over. The web server stops in a later phase than this one, the
    /// default.
    @Override
    public void stop(Runnable stopped) {
        running = false;
        draining = true;
        if (time.isZero()) {
            stopped.run();
            return;
        }
        LOG.info("Told to stop: not ready any more, and serving for another {}", time);
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS).execute(stopped);
    }

    @Override
    public void stop() {
        stop(() -> {
        });
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (draining) {
            exchange.getResponse().getHeaders().set("Connection", "close");
        }
        return chain.filter(exchange);
    }
}
