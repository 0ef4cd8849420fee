package ai.pathbound.bench.node;

import ai.pathbound.bench.client.Connection;
import ai.pathbound.bench.client.OpenLoop;
import ai.pathbound.bench.client.Requests;
import ai.pathbound.bench.client.ToolCall;
import ai.pathbound.bench.report.Bar;
import ai.pathbound.bench.report.Run;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// How long after its change was sent to Kafka a tool call shows an event, while other events stream in
/// and other callers read. The call names the version it wants to see, so the node holds its answer
/// back until then; the time includes the whole call, and further ones where that was not enough.
final class Visibility {
    private static final String NAME = "produce → visible";
    private static final int READS_PER_SECOND = 100;
    private static final int PROBES_PER_SECOND = 20;
    private static final double P99_MILLIS_MAX = 50;
    private static final int JUDGED_RATE = 1_000;
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

    private final Run run;
    private final Changes changes;
    private final int port;

    Visibility(Run run, Changes changes, int port) {
        this.run = run;
        this.changes = changes;
        this.port = port;
    }

    void measure(int eventsPerSecond)
            throws IOException, InterruptedException, ExecutionException {
        int seconds = run.size(30, 5);
        Requests requests = new Requests(port);
        List<ToolCall> reads = List.of(
                new ToolCall("get_event_stats",
                        List.of(requests.tool("get_event_stats", Map.of("interval", "day")))));
        CompletableFuture<OpenLoop.Outcome> readers = inBackground(
                () -> new OpenLoop(port, 16).run(READS_PER_SECOND, seconds, reads));
        CompletableFuture<Long> stream = inBackground(
                () -> changes.stream(eventsPerSecond, seconds));
        Histogram times = probes(requests, seconds);
        long sent = stream.get();
        String at = " at %,d events/s".formatted(eventsPerSecond);
        run.say("  %,d events were sent in %d s".formatted(sent, seconds));
        run.measured(NAME, "p50" + at, times.getValueAtPercentile(50) / 1e6, "ms");
        run.measured(
                NAME,
                "p99" + at,
                times.getValueAtPercentile(99) / 1e6,
                "ms",
                eventsPerSecond == JUDGED_RATE ? new Bar.AtMost(P99_MILLIS_MAX) : new Bar.None());
        OpenLoop.Outcome outcome = readers.get();
        run.measured(NAME, "p99 of 100 reads/s meanwhile" + at, outcome.millis(99), "ms");
        run.check("failed reads" + at, 0L, outcome.failed());
    }

    private Histogram probes(Requests requests, int seconds) throws IOException {
        Histogram times = new Histogram(LONGEST, 3);
        try (Connection connection = new Connection(port)) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (System.nanoTime() < end) {
                long begin = System.nanoTime();
                String id = changes.event();
                byte[] probe = requests.tool(
                        "get_event",
                        Map.of("event_id", id),
                        Map.of(
                                "ai.pathbound/written",
                                Map.of("kind", "event", "id", id, "version", 1)));
                String complaint = Requests.complaint(connection.exchange(probe));
                // A node holds an answer back for two seconds at most, then says that it is not there yet.
                while (!complaint.isEmpty() && System.nanoTime() - begin < LONGEST) {
                    complaint = Requests.complaint(connection.exchange(probe));
                }
                run.check("a probe", "", complaint);
                times.recordValue(System.nanoTime() - begin);
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / PROBES_PER_SECOND);
            }
        }
        return times;
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws InterruptedException;
    }

    private static <T> CompletableFuture<T> inBackground(Work<T> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return work.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
