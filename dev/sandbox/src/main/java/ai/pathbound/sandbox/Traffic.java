package ai.pathbound.sandbox;

import ai.pathbound.sandbox.seed.SeedPlan;
import ai.pathbound.sandbox.seed.Sessions;
import ai.pathbound.sandbox.store.Change;
import ai.pathbound.sandbox.store.Truth;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Live visits: one event each 200 ms, spread over the tenants.
final class Traffic implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Traffic.class);
    private static final int PERIOD_MILLIS = 200;

    private final Truth truth;
    private final Clock clock;
    private final Runnable stored;
    private final SeedPlan first;
    private final SeedPlan second;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("live-traffic").daemon().factory());

    Traffic(Truth truth, Clock clock, Runnable stored, SeedPlan first, SeedPlan second) {
        this.truth = truth;
        this.clock = clock;
        this.stored = stored;
        this.first = first;
        this.second = second;
        var _ = timer.scheduleAtFixedRate(
                this::visit,
                PERIOD_MILLIS,
                PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private void visit() {
        try {
            long now = clock.millis();
            // The time numbers the session, so a restart never makes an id twice.
            SeedPlan plan = now / PERIOD_MILLIS % 4 == 0 ? second : first;
            List<Change> events = new Sessions(plan).session(now, clock.instant(), 1);
            truth.write(() -> {
                truth.apply(events);
                return events.size();
            });
            stored.run();
        } catch (RuntimeException e) {
            log.warn("live traffic: an event was not stored", e);
        }
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
