package ai.pathbound.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.SandboxSettings;
import ai.pathbound.sandbox.cluster.Cluster;
import ai.pathbound.sandbox.cluster.ClusterSettings;
import ai.pathbound.sandbox.cluster.NodeProcess;
import ai.pathbound.sandbox.cluster.NodeSetup;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// A cluster of three brokers and two nodes under reads and changes. Each test does one harm to it,
/// heals it, and then finds every answer to be that of a node nothing was done to, and every entity of
/// the change topics in the answers, once. At the end the rows on the nodes' disks are compared, too.
///
/// What readers noticed is written to `target/faults.md`, a line for each fault; numbers depend on the
/// machine and are never judged here.
///
/// `-Dpathbound.faults.reads=200` and `-Dpathbound.faults.changes=100` set the load, in calls and
/// changes a second.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClusterFaultsIT {
    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final int READS = Integer.getInteger("pathbound.faults.reads", 40);
    private static final int CHANGES = Integer.getInteger("pathbound.faults.changes", 40);
    private static final int BROKERS = 3;
    private static final int NODES = Integer.getInteger("pathbound.faults.nodes", 2);
    private static final int PARTITIONS = 4;
    private static final Duration WITHIN = Duration.ofMinutes(4);
    private static final Duration STEADY_FOR = Duration.ofSeconds(3);
    /// Longer than the session timeout of ten seconds: the group gives the paused node's work away.
    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final Duration OUTAGE = Duration.ofSeconds(8);
    private static final Path TABLE = Path.of("target", "faults.md");

    private final List<Outcome> table = new ArrayList<>();
    private final Path folder;
    private final Cluster cluster;
    private final NodeProcess undisturbed;
    private final Calls calls;
    private final Changes changes;

    ClusterFaultsIT(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        this.folder = folder;
        cluster = Cluster.start(
                new ClusterSettings(folder, HOME, BROKERS, NODES, 0, "127.0.0.1", Map.of(),
                        this::backend),
                System.out::println);
        cluster.backend().seed(_ -> {
        });
        cluster.backend().awaitPublished(WITHIN);
        undisturbed = NodeProcess.start(undisturbedSetup());
        cluster.awaitReadable(Instant.now());
        calls = new Calls(cluster.endpoint(), READS);
        changes = new Changes(brokers(), PARTITIONS, 1, Truths.read(brokers()));
    }

    private SandboxSettings backend(String bootstrapServers) {
        return new SandboxSettings(folder.resolve("backend"), 0, bootstrapServers, PARTITIONS, 7,
                300, 40, 3_000, false, Clock.systemUTC());
    }

    /// A group and a state of its own: it shares nothing with the others but the topics.
    private NodeSetup undisturbedSetup() throws IOException {
        Map<String, String> settings = new HashMap<>(
                cluster.nodes().getFirst().setup().settings());
        settings.put("pathbound.projector.application-id", "undisturbed");
        settings.remove("pathbound.nodes.address");
        try (ServerSocket free = new ServerSocket(0)) {
            return new NodeSetup("undisturbed", folder.resolve("undisturbed"), free.getLocalPort(),
                    settings, Map.of());
        }
    }

    private String brokers() {
        return cluster.brokers().bootstrapServers();
    }

    @BeforeAll
    void load() {
        changes.start(CHANGES);
    }

    @AfterAll
    void stop() throws Exception {
        try {
            changes.pause();
            Truths truths = Truths.read(brokers());
            writeTable();
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
            changes.close();
            cluster.close();
        }
    }

    private void writeTable() throws IOException {
        StringBuilder text = new StringBuilder(Outcome.HEAD);
        table.forEach(outcome -> text.append(outcome.line()));
        Files.createDirectories(TABLE.getParent());
        Files.writeString(TABLE, text);
        System.out.println(text);
    }

    /// Does harm that it heals itself.
    @FunctionalInterface
    interface Harm {
        void run() throws Exception;
    }

    private void during(String fault, Harm harm) throws Exception {
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
            Outcome outcome = Outcome.of(fault, begun, noticed, found);
            table.add(outcome);
            System.out.print(outcome.line());
            assertThat(found).isEqualTo(new Differences(0, 0));
        } finally {
            changes.resume();
        }
    }

    private void awaitWell() {
        Awaitility.await()
                .atMost(WITHIN)
                .until(
                        () -> cluster.nodesReady() == NODES
                                && calls.isSteady(STEADY_FOR.toNanos()));
    }

    private void awaitReady(int nodes) {
        Awaitility.await().atMost(WITHIN).until(() -> cluster.nodesReady() == nodes);
    }

    private static void pass(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plus(WITHIN)).until(() -> true);
    }

    @Test
    void nodeKilled() throws Exception {
        during("kill -9 of a node", () -> {
            cluster.nodes().getFirst().kill();
            pass(PAUSE);
            cluster.restart(1);
        });
    }

    @Test
    void brokerKilled() throws Exception {
        during("kill -9 of a broker", () -> {
            cluster.brokers().kill(1);
            pass(OUTAGE);
            cluster.brokers().restart(1);
            cluster.brokers().awaitAll();
        });
    }

    @Test
    void hostileRecords() throws Exception {
        long before = Truths.read(brokers()).refused();
        during("records twice, out of order, broken, too large, misplaced", () -> {
            changes.duplicatedAndReordered();
            changes.hostile();
        });
        assertThat(Truths.read(brokers()).refused()).isEqualTo(before + Changes.hostileRecords());
    }

    @Test
    void clockAhead() throws Exception {
        during("changes of a clock 2 hours ahead", changes::fromTheFuture);
    }

    @Tag("faults")
    @Test
    void everyNodeKilled() throws Exception {
        during("kill -9 of all nodes", () -> {
            for (NodeProcess node : cluster.nodes()) {
                node.kill();
            }
            for (int number = 1; number <= NODES; number++) {
                cluster.restart(number);
            }
        });
    }

    @Tag("faults")
    @Test
    void twoOfThreeBrokersKilled() throws Exception {
        during("kill -9 of two of three brokers", () -> {
            cluster.brokers().kill(1);
            cluster.brokers().kill(2);
            pass(OUTAGE);
            cluster.brokers().restart(1);
            cluster.brokers().restart(2);
            cluster.brokers().awaitAll();
        });
    }

    @Tag("faults")
    @Test
    void nodePausedBeyondItsSession() throws Exception {
        during("a node paused for 15 s, then going on as if nothing had happened", () -> {
            long node = cluster.nodes().getFirst().pid();
            signal("STOP", node);
            pass(PAUSE);
            signal("CONT", node);
        });
    }

    @Tag("faults")
    @Test
    void brokerPaused() throws Exception {
        during("a broker paused for 15 s", () -> {
            long broker = cluster.brokers().process(2).pid();
            signal("STOP", broker);
            pass(PAUSE);
            signal("CONT", broker);
        });
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        assertThat(status).isZero();
    }

    @Tag("faults")
    @Test
    void nodesRestartedOneByOne() throws Exception {
        during("rolling restart of the nodes", () -> {
            for (int number = 1; number <= NODES; number++) {
                cluster.nodes().get(number - 1).close();
                cluster.restart(number);
                awaitReady(NODES);
            }
        });
    }

    @Tag("faults")
    @Test
    void brokersRestartedOneByOne() throws Exception {
        during("rolling restart of the brokers", () -> {
            for (int id = 1; id <= BROKERS; id++) {
                cluster.brokers().stop(id);
                cluster.brokers().restart(id);
                cluster.brokers().awaitAll();
            }
        });
    }
}
