package ai.pathbound.mcp.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/// `GET /metrics` on a port of its own, so that no rule of a proxy can make it public by mistake.
final class MetricsServer implements AutoCloseable {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
    private static final String FORM = "text/plain; version=0.0.4; charset=utf-8";

    private final Optional<DisposableServer> server;

    /// Serves, if the settings name a port.
    MetricsServer(MetricsSettings settings, PrometheusMeterRegistry registry) {
        server = settings.isServed()
                ? Optional.of(
                        HttpServer.create()
                                .host(settings.bind())
                                .port(settings.port())
                                .route(
                                        routes -> routes.get(
                                                "/metrics",
                                                (_, response) -> response
                                                        .header("Content-Type", FORM)
                                                        .sendString(numbers(registry))))
                                .bindNow())
                : Optional.empty();
    }

    /// Off the event loop: some numbers are asked of RocksDB.
    private static Mono<String> numbers(PrometheusMeterRegistry registry) {
        return Mono.fromCallable(registry::scrape).subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public void close() {
        server.ifPresent(running -> running.disposeNow(STOP_WITHIN));
    }
}
