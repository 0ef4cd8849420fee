package ai.pathbound.bench.node;

import ai.pathbound.bench.client.Connection;
import ai.pathbound.bench.client.Requests;
import ai.pathbound.bench.client.ToolCall;
import ai.pathbound.bench.report.Bar;
import ai.pathbound.bench.report.Laps;
import ai.pathbound.bench.report.Run;
import ai.pathbound.sandbox.SandboxSettings;
import ai.pathbound.sandbox.cluster.Cluster;
import ai.pathbound.sandbox.cluster.ClusterSettings;
import ai.pathbound.sandbox.cluster.NodeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What it costs a caller to ask a node that passes the question on: two nodes, one of which owns the
/// only partition, are asked the same in turns.
///
/// Run: `PATHBOUND_JAVA_OPTS=-Dpathbound.bench.parts=forwarding ./pathbound bench`
public final class Forwarding {
    private static final String NAME = "forwarding";
    private static final double MILLIS_MORE_MAX = 1;
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration LOOKED_EVERY = Duration.ofMillis(100);
    private static final int BLOCK = 25;
    private static final String ADDRESS = "pathbound.nodes.address";
    /// As nodes log it: the owner of each partition, and its standbys behind it.
    private static final Pattern OWNER = Pattern.compile("Partitions are at \\[([^+\\],]+)\\+");

    private final Run run;

    public Forwarding(Run run) {
        this.run = run;
    }

    public void measure() throws IOException, InterruptedException {
        Path folder = run.folder("forwarding");
        Path home = Path.of(System.getProperty("pathbound.broker.home", "dev/broker/target"));
        ClusterSettings settings = new ClusterSettings(folder, home, 1, 2, 0, "127.0.0.1",
                Map.of(), brokers -> backend(folder, brokers));
        try (Cluster cluster = Cluster.start(settings, run::say)) {
            cluster.backend().seed(_ -> {
            });
            cluster.backend().awaitPublished(READY_WITHIN);
            cluster.awaitReadable(Instant.now());
            List<NodeProcess> ownerFirst = ownerFirst(cluster);
            try (Connection local = new Connection(port(ownerFirst.getFirst()));
                    Connection forwarded = new Connection(port(ownerFirst.getLast()))) {
                List<ToolCall> here = calls(ownerFirst.getFirst(), local);
                List<ToolCall> there = calls(ownerFirst.getLast(), forwarded);
                for (int i = 0; i < here.size(); i++) {
                    compare(new Way(local, here.get(i)), new Way(forwarded, there.get(i)));
                }
            }
        }
    }

    private static SandboxSettings backend(Path folder, String brokers) {
        return new SandboxSettings(folder.resolve("backend"), 0, brokers, 1, 42, 500, 60, 10_000,
                false, Clock.systemUTC());
    }

    private static int port(NodeProcess node) {
        return node.url().getPort();
    }

    private static List<ToolCall> calls(NodeProcess node, Connection connection)
            throws IOException {
        Requests requests = new Requests(port(node));
        return Stream
                .concat(Stream.of(requests.nobody()), requests.tools(connection).stream())
                .toList();
    }

    /// Waits until both nodes serve, and one owns the partition while the other has its copy.
    private static List<NodeProcess> ownerFirst(Cluster cluster)
            throws IOException, InterruptedException {
        Instant end = Instant.now().plus(READY_WITHIN);
        while (Instant.now().isBefore(end)) {
            String owner = cluster.nodesReady() == 2 ? owner(cluster.nodes().getFirst()) : "";
            for (NodeProcess node : cluster.nodes()) {
                if (owner.equals(node.setup().settings().get(ADDRESS))) {
                    return Stream
                            .concat(
                                    Stream.of(node),
                                    cluster.nodes().stream().filter(other -> other != node))
                            .toList();
                }
            }
            Thread.sleep(LOOKED_EVERY);
        }
        throw new IllegalStateException("no node with a partition and another with its copy");
    }

    private static String owner(NodeProcess node) throws IOException {
        String log = Files.readString(node.setup().folder().resolve("node.log"));
        return OWNER.matcher(log)
                .results()
                .reduce((_, newer) -> newer)
                .map(place -> place.group(1))
                .orElse("");
    }

    /// A kind of call over one of the nodes.
    private record Way(Connection connection, ToolCall call) {
        byte[] exchange(int number) {
            try {
                return connection.exchange(call.request(number));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void compare(Way local, Way forwarded) {
        String name = local.call().name();
        if (!name.equals(Requests.NOBODY)) {
            for (Way way : List.of(local, forwarded)) {
                run.check(name, "", Requests.complaint(way.exchange(0)));
            }
        }
        int blocks = run.size(120, 8);
        times(local, forwarded, blocks);
        List<Laps> laps = times(local, forwarded, blocks);
        Laps here = laps.getFirst();
        Laps there = laps.getLast();
        run.measured(NAME, name + ", owner p50", here.p50Millis(), "ms");
        run.measured(NAME, name + ", owner p99", here.p99Millis(), "ms");
        run.measured(NAME, name + ", forwarded p99", there.p99Millis(), "ms");
        run.measured(NAME,
                name + ", forwarded p50 − owner p50",
                there.p50Millis() - here.p50Millis(),
                "ms",
                new Bar.AtMost(MILLIS_MORE_MAX));
    }

    /// Asks both the same, a block of calls in turns.
    private static List<Laps> times(Way local, Way forwarded, int blocks) {
        Laps here = new Laps();
        Laps there = new Laps();
        for (int block = 0; block < blocks; block++) {
            time(local, block, here);
            time(forwarded, block, there);
        }
        return List.of(here, there);
    }

    private static void time(Way way, int block, Laps laps) {
        for (int i = 0; i < BLOCK; i++) {
            int number = block * BLOCK + i;
            laps.time(() -> way.exchange(number));
        }
    }
}
