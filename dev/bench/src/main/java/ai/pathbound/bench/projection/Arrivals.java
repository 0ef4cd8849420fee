package ai.pathbound.bench.projection;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Counts records as they become rows and notes when the first and the last did. The time before the
/// first, in which the group forms, is not the store's.
final class Arrivals {
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e3;

    private final long expected;
    private final AtomicLong arrived = new AtomicLong();
    private final CountDownLatch all = new CountDownLatch(1);
    private volatile Moment first = Moment.START;
    private volatile Moment last = Moment.START;

    Arrivals(long expected) {
        this.expected = expected;
    }

    private record Moment(long nanos, long processorNanos) {
        private static final Moment START = new Moment(0, 0);

        static Moment now() {
            return new Moment(System.nanoTime(), ProcessorTime.spent().toNanos());
        }
    }

    void one() {
        long number = arrived.incrementAndGet();
        if (number == 1) {
            first = Moment.now();
        }
        if (number == expected) {
            last = Moment.now();
            all.countDown();
        }
    }

    /// The pace, once all have come.
    Pace pace(Duration atMost) throws InterruptedException {
        if (!all.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(
                    arrived + " of " + expected + " records after " + atMost);
        }
        Moment begin = first;
        Moment end = last;
        return new Pace((expected - 1) * NANOS / (end.nanos - begin.nanos),
                (end.processorNanos - begin.processorNanos) / MICROS / (expected - 1));
    }

    long arrived() {
        return arrived.get();
    }
}
