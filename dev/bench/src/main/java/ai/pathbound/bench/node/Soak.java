package ai.pathbound.bench.node;

import ai.pathbound.bench.client.Connection;
import ai.pathbound.bench.client.OpenLoop;
import ai.pathbound.bench.client.ReadTools;
import ai.pathbound.bench.client.Requests;
import ai.pathbound.bench.client.ToolCall;
import ai.pathbound.bench.report.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/// An hour of even load on one node: whether memory stays where it was. Changes keep coming, so it may
/// grow by what they take.
///
/// Run: `PATHBOUND_JAVA_OPTS=-Dpathbound.bench.parts=soak ./pathbound bench`, and with
/// `-Dpathbound.bench.soak.minutes=N` for another time.
public final class Soak {
    private static final String NAME = "soak";
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final int EVENTS = 100_000;
    private static final int EVENTS_PER_SECOND = 20;
    private static final int CALLS_PER_SECOND = 100;
    private static final int CONNECTIONS = 16;
    private static final int SLICE_SECONDS = 300;
    private static final double MIB = 1 << 20;

    private final Run run;

    public Soak(Run run) {
        this.run = run;
    }

    public void measure() throws IOException, InterruptedException, ExecutionException {
        int slices = Integer.getInteger("pathbound.bench.soak.minutes", run.size(60, 0)) * 60
                / SLICE_SECONDS;
        if (slices < 2) {
            run.say("soak: left out; it takes an hour, and at least ten minutes to show anything");
            return;
        }
        try (Surroundings around = Surroundings.start(run);
                Changes changes = new Changes(around.bootstrapServers())) {
            changes.history(EVENTS);
            try (NodeProcess node = NodeProcess.start(around, "soak", run.folder("soak"))) {
                node.awaitReady(WITHIN);
                node.awaitAnswers();
                run.say(
                        "soak: %d minutes of %d calls and %d events a second".formatted(
                                slices * SLICE_SECONDS / 60,
                                CALLS_PER_SECOND,
                                EVENTS_PER_SECOND));
                slices(changes, node, slices);
            }
        }
    }

    /// The first slice warms up: classes, compiled code and caches grow in it.
    private void slices(Changes changes, NodeProcess node, int slices)
            throws IOException, InterruptedException, ExecutionException {
        List<ToolCall> mix = mix(new Requests(node.port()), node.port());
        slice(changes, node, mix);
        NodeMemory begin = NodeMemory.of(node);
        begin.tell(run, NAME, "after " + SLICE_SECONDS / 60 + " minutes");
        NodeMemory end = begin;
        for (int slice = 1; slice < slices; slice++) {
            slice(changes, node, mix);
            end = NodeMemory.of(node);
            run.say("  after %d minutes: %s".formatted((slice + 1) * SLICE_SECONDS / 60, end));
        }
        end.tell(run, NAME, "at the end");
        double hours = (slices - 1) * SLICE_SECONDS / 3600.0;
        run.measured(NAME, "live heap grew by", (end.heap() - begin.heap()) / MIB / hours, "MiB/h");
        run.measured(
                NAME,
                "resident grew by",
                (end.resident() - begin.resident()) / MIB / hours,
                "MiB/h");
        run.measured(
                NAME,
                "events that came",
                SLICE_SECONDS * (slices - 1.0) * EVENTS_PER_SECOND,
                "events");
    }

    private void slice(Changes changes, NodeProcess node, List<ToolCall> mix)
            throws InterruptedException, ExecutionException {
        CompletableFuture<Long> events = CompletableFuture
                .supplyAsync(() -> changes.stream(EVENTS_PER_SECOND, SLICE_SECONDS));
        OpenLoop.Outcome calls = new OpenLoop(node.port(), CONNECTIONS)
                .run(CALLS_PER_SECOND, SLICE_SECONDS, mix);
        events.get();
        run.say("  p50 %.2f ms, p99 %.2f ms".formatted(calls.millis(50), calls.millis(99)));
        run.check("failed calls", 0L, calls.failed());
    }

    private static List<ToolCall> mix(Requests requests, int port) throws IOException {
        try (Connection connection = new Connection(port)) {
            return Stream
                    .concat(
                            ReadTools.of(requests, connection).stream(),
                            new Questions(requests).all().stream())
                    .toList();
        }
    }
}
