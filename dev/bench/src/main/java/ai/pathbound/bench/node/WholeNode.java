package ai.pathbound.bench.node;

import ai.pathbound.bench.client.Connection;
import ai.pathbound.bench.client.Load;
import ai.pathbound.bench.client.ReadTools;
import ai.pathbound.bench.client.Requests;
import ai.pathbound.bench.client.ToolCall;
import ai.pathbound.bench.report.Bar;
import ai.pathbound.bench.report.Laps;
import ai.pathbound.bench.report.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/// A node with its own process, broker and backend, over the history of one tenant: how long it takes
/// to make its state from the topics, to start again after an orderly end and after kill -9, and to
/// restore its state from the changelog; what the eight kinds of questions cost over MCP; how soon
/// changes are visible; and what load it bears.
///
/// Run: `PATHBOUND_JAVA_OPTS=-Dpathbound.bench.parts=node ./pathbound bench`
public final class WholeNode {
    private static final String NAME = "node";
    private static final Duration WITHIN = Duration.ofMinutes(60);
    private static final double WARM_SECONDS_MAX = 15;
    private static final double SHAPE_MILLIS_MAX = 10;
    private static final double MILLIS = 1000;

    private final Run run;

    public WholeNode(Run run) {
        this.run = run;
    }

    public void measure() throws IOException, InterruptedException, ExecutionException {
        int events = Integer.getInteger("pathbound.bench.events", run.size(1_000_000, 100_000));
        try (Surroundings around = Surroundings.start(run);
                Changes changes = new Changes(around.bootstrapServers())) {
            run.say("node: producing %,d events of one tenant".formatted(events));
            long records = changes.history(events);
            Path folder = run.folder("node");
            first(around, changes, folder, events, records);
            again(around, folder, "after an orderly end");
            try (NodeProcess node = NodeProcess.start(around, "bench", folder)) {
                node.awaitReady(WITHIN);
                node.kill();
            }
            again(around, folder, "after kill -9");
            FileSystemUtils.deleteRecursively(folder.resolve("state").toFile());
            again(around, folder, "from the changelog");
        }
    }

    private void first(Surroundings around,
            Changes changes,
            Path folder,
            int events,
            long records)
            throws IOException, InterruptedException, ExecutionException {
        try (NodeProcess node = NodeProcess.start(around, "bench", folder)) {
            double seconds = node.awaitReady(WITHIN).toMillis() / MILLIS;
            run.measured(NAME,
                    "ready from the topics, %,d changes".formatted(records),
                    seconds,
                    "s");
            run.measured(NAME,
                    "changes made into rows, start included",
                    records / seconds,
                    "records/s");
            Requests requests = new Requests(node.port());
            run.measured(NAME, "first analytics answer", node.awaitAnswers(), "s");
            NodeMemory.of(node).tell(run, "memory", "with %,d events".formatted(events));
            shapes(node, requests);
            Visibility visibility = new Visibility(run, changes, node.port());
            for (int rate : List.of(100, 1_000, 10_000)) {
                visibility.measure(rate);
            }
            try (Connection connection = new Connection(node.port())) {
                new Bearing(run, node)
                        .measure(requests.nobody(), ReadTools.of(requests, connection));
            }
            NodeMemory.of(node).tell(run, "memory", "after the load");
            int quiet = Integer.getInteger("pathbound.bench.quiet.seconds", run.size(60, 2));
            run.say("  node: %d s of quiet, in which it stores its tables".formatted(quiet));
            Thread.sleep(Duration.ofSeconds(quiet));
        }
    }

    private void shapes(NodeProcess node, Requests requests)
            throws InterruptedException, ExecutionException {
        List<ToolCall> shapes = new Questions(requests).all();
        List<ToolCall> all = Stream.concat(Stream.of(requests.nobody()), shapes.stream()).toList();
        new Load(node.port(), 1).run(all, run.size(8, 4));
        Map<String, Laps> laps = new Load(node.port(), 1).run(all, run.size(20, 6));
        for (ToolCall call : all) {
            Laps times = Objects.requireNonNull(laps.get(call.name()));
            run.measured(NAME, call.name() + " p50", times.p50Millis(), "ms");
            run.measured(
                    NAME,
                    call.name() + " p99",
                    times.p99Millis(),
                    "ms",
                    new Bar.AtMost(SHAPE_MILLIS_MAX));
        }
    }

    private void again(Surroundings around, Path folder, String how)
            throws IOException, InterruptedException {
        try (NodeProcess node = NodeProcess.start(around, "bench", folder)) {
            double seconds = node.awaitReady(WITHIN).toMillis() / MILLIS;
            Bar bar = how.equals("from the changelog")
                    ? new Bar.None()
                    : new Bar.AtMost(WARM_SECONDS_MAX);
            run.measured(NAME, "ready " + how, seconds, "s", bar);
            run.measured(
                    NAME,
                    "first analytics answer " + how,
                    node.awaitAnswers(),
                    "s");
        }
    }
}
