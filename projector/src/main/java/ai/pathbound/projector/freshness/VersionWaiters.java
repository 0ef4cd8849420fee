package ai.pathbound.projector.freshness;

import ai.pathbound.schemas.topics.ChangeKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Callers waiting for their own write to become readable.
public final class VersionWaiters {
    private final Map<ChangeKey, List<Waiter>> waiting = new ConcurrentHashMap<>();

    /// One caller's wait. Register first, look whether the version is there already, then wait: so no
    /// change falls in between.
    public final class Waiter implements AutoCloseable {
        private final ChangeKey key;
        private final long version;
        private final CountDownLatch visible = new CountDownLatch(1);

        private Waiter(ChangeKey key, long version) {
            this.key = key;
            this.version = version;
        }

        /// Returns true as soon as the version is readable, false when the time is over.
        public boolean await(Duration atMost) throws InterruptedException {
            return visible.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            waiting.computeIfPresent(key, (_, waiters) -> {
                waiters.remove(this);
                return waiters.isEmpty() ? null : waiters;
            });
        }
    }

    /// Registers a wait for this version or a newer one.
    public Waiter expect(ChangeKey key, long version) {
        Waiter waiter = new Waiter(key, version);
        waiting.compute(key, (_, waiters) -> {
            List<Waiter> all = waiters == null ? new CopyOnWriteArrayList<>() : waiters;
            all.add(waiter);
            return all;
        });
        return waiter;
    }

    /// Whether nothing is waited for.
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// Wakes those who wait for this version or an older one. Costs one look-up when nobody does.
    void visible(ChangeKey key, long version) {
        if (waiting.isEmpty()) {
            return;
        }
        for (Waiter waiter : waiting.getOrDefault(key, List.of())) {
            if (waiter.version <= version) {
                waiter.visible.countDown();
            }
        }
    }
}
