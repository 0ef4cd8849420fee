package ai.pathbound.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.SandboxSettings;
import ai.pathbound.sandbox.cluster.Cluster;
import ai.pathbound.sandbox.cluster.ClusterSettings;
import ai.pathbound.sandbox.cluster.NodeProcess;
import ai.pathbound.sandbox.cluster.NodeSetup;
import ai.pathbound.sandbox.terminal.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/// A cluster of three brokers and two nodes under reads and changes, a node beside it that nothing is
/// done to, and the table of what readers noticed, in `target/faults.md`.
final class HarmedCluster {
    static final int BROKERS = 3;
    static final int NODES = Integer.getInteger("pathbound.faults.nodes", 2);
    static final Duration WITHIN = Duration.ofMinutes(4);
    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final int READS = Integer.getInteger("pathbound.faults.reads", 40);
    private static final int CHANGES = Integer.getInteger("pathbound.faults.changes", 40);
    private static final int PARTITIONS = 4;
    private static final Duration STEADY_FOR = Duration.ofSeconds(3);
    private static final Path TABLE = Path.of("target", "faults.md");
    /// Of the node that may have a disk of its own.
    private static final int DISK_FREE_MIN_MB = 64;

    private final Path folder;
    private final String suffix;
    private final Optional<SmallDisk> disk;
    private final Cluster cluster;
    private final Links links;
    private final NodeProcess undisturbed;
    private final Calls calls;
    private final Changes changes;

    /// Starts everything and waits until it answers.
    ///
    /// @param guarantee the nodes' `processing-guarantee`
    /// @param suffix put behind the name of each fault in the table
    HarmedCluster(Path folder, String guarantee, String suffix)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.suffix = suffix;
        disk = SmallDisk.mount(folder.resolve("node-1").resolve("state"), folder.resolve("disk"));
        Map<String, String> settings = Map.of(
                "pathbound.projector.processing-guarantee",
                guarantee,
                "pathbound.projector.disk-free-min",
                DISK_FREE_MIN_MB + "MB");
        cluster = Cluster.start(
                new ClusterSettings(folder, HOME, BROKERS, NODES, 0, Links.HOST, settings,
                        this::backend),
                System.out::println);
        links = new Links(cluster.nodes().stream().map(HarmedCluster::internalPort).toList());
        cluster.backend().seed(_ -> {
        });
        cluster.backend().awaitPublished(WITHIN);
        undisturbed = NodeProcess.start(undisturbedSetup());
        cluster.awaitReadable(Instant.now());
        calls = new Calls(List.of(cluster.endpoint()), READS);
        changes = new Changes(brokers(), PARTITIONS, 1, Truths.read(brokers()));
        changes.start(CHANGES);
    }

    private SandboxSettings backend(String bootstrapServers) {
        return new SandboxSettings(folder.resolve("backend"), 0, bootstrapServers, PARTITIONS, 7,
                300, 40, 3_000, false, Clock.systemUTC());
    }

    private static int internalPort(NodeProcess node) {
        String address = node.setup().settings().getOrDefault("pathbound.nodes.address", "");
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /// A group and a state of its own: it shares nothing with the others but the topics.
    private NodeSetup undisturbedSetup() {
        Map<String, String> settings = new HashMap<>(
                cluster.nodes().getFirst().setup().settings());
        settings.put("pathbound.projector.application-id", "undisturbed");
        settings.remove("pathbound.nodes.address");
        return new NodeSetup("undisturbed", folder.resolve("undisturbed"), Ports.free(), settings,
                Map.of());
    }

    Cluster cluster() {
        return cluster;
    }

    Links links() {
        return links;
    }

    Calls calls() {
        return calls;
    }

    /// From now on calls go to the nodes in turn, past the front.
    void callNodes() {
        calls.through(cluster.nodes().stream().map(NodeProcess::endpoint).toList());
    }

    /// From now on calls go to the front again.
    void callFront() {
        calls.through(List.of(cluster.endpoint()));
    }

    Changes changes() {
        return changes;
    }

    /// The disk under the first node's state; empty where none could be mounted.
    Optional<SmallDisk> disk() {
        return disk;
    }

    String brokers() {
        return cluster.brokers().bootstrapServers();
    }

    /// Does harm that it heals itself.
    @FunctionalInterface
    interface Harm {
        void run() throws Exception;
    }

    /// Does harm while everything is well, waits until everything is again, and compares all answers.
    void during(String fault, Harm harm) throws Exception {
        awaitWell();
        long begun = System.nanoTime();
        harm.run();
        awaitWell();
        List<Calls.Call> noticed = calls.since(begun);
        changes.pause();
        try {
            Truths truths = Truths.read(brokers());
            Instant now = Instant.now();
            Differences found = new Differences(0, 0);
            for (String key : Cluster.KEYS) {
                try (Agreement agreement = new Agreement(cluster.endpoint(),
                        undisturbed.url().resolve("/mcp"), key)) {
                    found = found.plus(agreement.check(truths, now));
                }
            }
            write(Outcome.of(fault + suffix, begun, noticed, found));
            assertThat(found).isEqualTo(new Differences(0, 0));
        } finally {
            changes.resume();
        }
    }

    private static void write(Outcome outcome) throws IOException {
        System.out.print(outcome.line());
        if (Files.notExists(TABLE)) {
            Files.createDirectories(TABLE.getParent());
            Files.writeString(TABLE, Outcome.HEAD);
        }
        Files.writeString(TABLE, outcome.line(), StandardOpenOption.APPEND);
    }

    private void awaitWell() {
        Awaitility.await()
                .atMost(WITHIN)
                .until(
                        () -> cluster.nodesReady() == NODES
                                && calls.isSteady(STEADY_FOR.toNanos()));
    }

    /// Waits until this many nodes are ready.
    void awaitReady(int nodes) {
        Awaitility.await().atMost(WITHIN).until(() -> cluster.nodesReady() == nodes);
    }

    /// Waits until the node's log has one more line with this text than before.
    void awaitLogged(int number, String text, long before) {
        Awaitility.await(text).atMost(WITHIN).until(() -> logged(number, text) > before);
    }

    /// How many lines with this text the node has logged.
    long logged(int number, String text) throws IOException {
        Path log = cluster.nodes().get(number - 1).setup().folder().resolve("node.log");
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(text)).count();
        }
    }

    static void pass(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plus(WITHIN)).until(() -> true);
    }

    /// Stops it all, and compares the rows on the nodes' disks with the topics on the way.
    void stop() throws Exception {
        try {
            changes.pause();
            Truths truths = Truths.read(brokers());
            calls.close();
            undisturbed.close();
            cluster.nodes().forEach(NodeProcess::close);
            for (NodeProcess node : cluster.nodes()) {
                assertThat(
                        Rows.differences(
                                node.setup().folder().resolve("state"),
                                "pathbound-read-model",
                                PARTITIONS,
                                truths))
                        .isEmpty();
            }
        } finally {
            links.close();
            changes.close();
            cluster.close();
            if (disk.isPresent()) {
                disk.get().unmount();
            }
        }
    }
}
