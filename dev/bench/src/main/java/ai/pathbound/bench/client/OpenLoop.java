package ai.pathbound.bench.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Calls at a constant rate, however slow the answers come. A call's time counts from when it was
/// due, so a stall shows in every call it held up: see Gil Tene on coordinated omission,
/// https://github.com/HdrHistogram/HdrHistogram.
public final class OpenLoop {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final int DIGITS = 3;
    private static final long SEED = 42;

    private final int port;
    private final int connections;

    /// @param connections calls under way at most; more are due and wait
    public OpenLoop(int port, int connections) {
        this.port = port;
        this.connections = connections;
    }

    /// What came of a run. Times are in nanoseconds.
    ///
    /// @param kinds times of each kind of call, by its name
    /// @param failed calls without a good answer
    public record Outcome(Map<String, Histogram> kinds, long failed) {
        /// Over all kinds of calls.
        public double millis(double percentile) {
            return all().getValueAtPercentile(percentile) / 1e6;
        }

        /// Of one kind of call.
        public double millis(ToolCall kind, double percentile) {
            return Objects.requireNonNull(kinds.get(kind.name())).getValueAtPercentile(percentile)
                    / 1e6;
        }

        /// Calls that were answered.
        public long answered() {
            return all().getTotalCount();
        }

        private Histogram all() {
            Histogram all = new Histogram(LONGEST_NANOS, DIGITS);
            kinds.values().forEach(all::add);
            return all;
        }
    }

    /// Makes calls for so many seconds.
    ///
    /// @param perSecond calls due in a second
    /// @param mix kinds of calls, as many of each, in an order that changes all the time: a cheap call that
    ///     always followed a dear one would always wait for it
    public Outcome run(double perSecond, int seconds, List<ToolCall> mix)
            throws InterruptedException {
        Map<String, Histogram> kinds = new LinkedHashMap<>();
        mix.forEach(
                kind -> kinds.put(kind.name(), new ConcurrentHistogram(LONGEST_NANOS, DIGITS)));
        List<ToolCall> order = new ArrayList<>(mix);
        Random random = new Random(SEED);
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
                if (number % mix.size() == 0) {
                    Collections.shuffle(order, random);
                }
                ToolCall kind = order.get(number % mix.size());
                Histogram times = Objects.requireNonNull(kinds.get(kind.name()));
                byte[] bytes = kind.request(number / mix.size());
                awaitTime(due);
                callers.execute(() -> call(idle, bytes, due, times, failed));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the server takes no connections", e);
        } finally {
            idle.forEach(OpenLoop::closed);
        }
        return new Outcome(kinds, failed.get());
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
