package ai.pathbound.bench.client;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Calls at a constant rate, however slow the answers come. A call's time counts from when it was
/// due, so a stall shows in every call it held up: see Gil Tene on coordinated omission,
/// https://github.com/HdrHistogram/HdrHistogram.
public final class OpenLoop {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final int DIGITS = 3;

    private final int port;
    private final int connections;

    /// @param connections calls under way at most; more are due and wait
    public OpenLoop(int port, int connections) {
        this.port = port;
        this.connections = connections;
    }

    /// What came of a run. Times are in nanoseconds.
    ///
    /// @param failed calls without a good answer
    public record Outcome(Histogram nanos, long failed) {
        public double millis(double percentile) {
            return nanos.getValueAtPercentile(percentile) / 1e6;
        }
    }

    /// Makes calls for so many seconds.
    ///
    /// @param perSecond calls due in a second
    /// @param request the bytes of call number n
    public Outcome run(double perSecond, int seconds, IntFunction<byte[]> request)
            throws InterruptedException {
        Histogram times = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
        AtomicLong failed = new AtomicLong();
        BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                idle.add(new Connection(port));
            }
            long begin = System.nanoTime();
            long calls = Math.round(perSecond * seconds);
            for (int number = 0; number < calls; number++) {
                long due = begin + (long) (number * NANOS / perSecond);
                byte[] bytes = request.apply(number);
                awaitTime(due);
                callers.execute(() -> call(idle, bytes, due, times, failed));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the server takes no connections", e);
        } finally {
            idle.forEach(OpenLoop::closed);
        }
        return new Outcome(times, failed.get());
    }

    private void call(BlockingQueue<Connection> idle,
            byte[] request,
            long due,
            Histogram times,
            AtomicLong failed) {
        try {
            Connection connection = idle.take();
            try {
                connection.exchange(request);
                times.recordValue(Math.min(System.nanoTime() - due, LONGEST_NANOS));
                idle.add(connection);
            } catch (IOException e) {
                failed.incrementAndGet();
                closed(connection);
                idle.add(new Connection(port));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            failed.incrementAndGet();
        }
    }

    private static void closed(Connection connection) {
        try {
            connection.close();
        } catch (IOException _) {
            // Nothing more is wanted of it.
        }
    }

    private static void awaitTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
