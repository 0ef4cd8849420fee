package ai.pathbound.bench.projection;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Counts records as they become rows and notes when the first and the last did. The time before the
/// first, in which the group forms, is not the store's.
final class Arrivals {
    private static final double NANOS = 1e9;

    private final long expected;
    private final AtomicLong arrived = new AtomicLong();
    private final CountDownLatch all = new CountDownLatch(1);
    private volatile long firstNanos;
    private volatile long lastNanos;

    Arrivals(long expected) {
        this.expected = expected;
    }

    void one() {
        long number = arrived.incrementAndGet();
        if (number == 1) {
            firstNanos = System.nanoTime();
        }
        if (number == expected) {
            lastNanos = System.nanoTime();
            all.countDown();
        }
    }

    /// Records a second, once all have come.
    double rate(Duration atMost) throws InterruptedException {
        if (!all.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(
                    arrived + " of " + expected + " records after " + atMost);
        }
        return (expected - 1) * NANOS / (lastNanos - firstNanos);
    }

    long arrived() {
        return arrived.get();
    }
}
