package ai.pathbound.projector.routing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the newest [Routes] at hand. Questions only read them; they are made anew when somebody
/// notices that they have changed, and now and then anyway.
public final class RouteTable implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RouteTable.class);

    private final Supplier<Optional<Routes>> source;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("routes").daemon().factory());
    private volatile Routes current = Routes.UNKNOWN;

    /// Starts looking.
    ///
    /// @param source where routes come from; may take its time, empty when it does not know either
    /// @param every time between looks that nobody asked for
    public RouteTable(Supplier<Optional<Routes>> source, Duration every) {
        this.source = source;
        var _ = timer.scheduleWithFixedDelay(this::look,
                0,
                every.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /// What is known just now; never waits.
    public Routes current() {
        return current;
    }

    /// Something has changed: looks soon. Many calls make one look.
    public void refresh() {
        if (asked.compareAndSet(false, true)) {
            try {
                timer.execute(this::look);
            } catch (RejectedExecutionException e) {
                log.debug("The routes are closed", e);
            }
        }
    }

    private void look() {
        // Before looking: what changes while we look needs another look.
        asked.set(false);
        try {
            source.get().filter(found -> !found.equals(current)).ifPresent(found -> {
                log.info("Partitions are at {}", found.places());
                current = found;
            });
        } catch (RuntimeException e) {
            log.debug("Routes could not be looked at", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
