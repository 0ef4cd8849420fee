package ai.pathbound.sandbox.faults;

import static ai.pathbound.sandbox.faults.HarmedCluster.BROKERS;
import static ai.pathbound.sandbox.faults.HarmedCluster.NODES;
import static ai.pathbound.sandbox.faults.HarmedCluster.pass;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.broker.BrokerCluster;
import ai.pathbound.sandbox.cluster.Cluster;
import ai.pathbound.sandbox.cluster.NodeProcess;
import ai.pathbound.sandbox.cluster.Signals;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
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
    /// Longer than the session timeout: the group gives the paused node's work away.
    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final Duration OUTAGE = Duration.ofSeconds(8);
    private static final Duration WARM = Duration.ofSeconds(45);
    private static final int MANY_READS = Integer.getInteger("pathbound.faults.many", 200);

    private final HarmedCluster harmed;

    ClusterFaultsIT(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        harmed = new HarmedCluster(folder, "at_least_once", "");
    }

    @AfterAll
    void stop() throws Exception {
        harmed.stop();
    }

    private Cluster cluster() {
        return harmed.cluster();
    }

    private BrokerCluster brokers() {
        return harmed.cluster().brokers();
    }

    @Test
    void nodeKilled() throws Exception {
        harmed.during("kill -9 of a node", () -> {
            cluster().nodes().getFirst().kill();
            pass(PAUSE);
            cluster().restart(1);
        });
    }

    @Test
    void brokerKilled() throws Exception {
        harmed.during("kill -9 of a broker", () -> {
            brokers().kill(1);
            pass(OUTAGE);
            brokers().restart(1);
            brokers().awaitAll();
        });
    }

    @Test
    void hostileRecords() throws Exception {
        long before = Truths.read(harmed.brokers()).refused();
        harmed.during("records twice, out of order, broken, too large, misplaced", () -> {
            harmed.changes().duplicatedAndReordered();
            harmed.changes().hostile();
            pass(OUTAGE);
        });
        assertThat(Truths.read(harmed.brokers()).refused())
                .isEqualTo(before + Changes.hostileRecords());
    }

    @Test
    void clockAhead() throws Exception {
        harmed.during("changes of a clock 2 hours ahead", () -> {
            harmed.changes().fromTheFuture();
            pass(OUTAGE);
        });
    }

    @Tag("faults")
    @Test
    void everyNodeKilled() throws Exception {
        harmed.during("kill -9 of all nodes", () -> {
            for (NodeProcess node : cluster().nodes()) {
                node.kill();
            }
            for (int number = 1; number <= NODES; number++) {
                cluster().restart(number);
            }
        });
    }

    @Tag("faults")
    @Test
    void twoOfThreeBrokersKilled() throws Exception {
        harmed.during("kill -9 of two of three brokers", () -> {
            brokers().kill(1);
            brokers().kill(2);
            pass(OUTAGE);
            brokers().restart(1);
            brokers().restart(2);
            brokers().awaitAll();
        });
    }

    @Tag("faults")
    @Test
    void nodePausedBeyondItsSession() throws Exception {
        harmed.during("a node paused for 15 s, then going on as if nothing had happened", () -> {
            long node = cluster().nodes().getFirst().pid();
            Signals.pause(node);
            pass(PAUSE);
            Signals.goOn(node);
        });
    }

    @Tag("faults")
    @Test
    void brokerPaused() throws Exception {
        harmed.during("a broker paused for 15 s", () -> {
            long broker = brokers().process(2).pid();
            Signals.pause(broker);
            pass(PAUSE);
            Signals.goOn(broker);
        });
    }

    @Tag("faults")
    @Test
    void nodesCutOff_connectionsRefused() throws Exception {
        apart("connections between nodes refused for 15 s", Links.State.REFUSING);
    }

    @Tag("faults")
    @Test
    void nodesCutOff_nothingArrives() throws Exception {
        apart("nothing arrives between nodes for 15 s", Links.State.SWALLOWING);
    }

    /// Callers ask the nodes themselves: the front would be cut off from all of them.
    private void apart(String fault, Links.State how) throws Exception {
        harmed.callNodes();
        try {
            harmed.during(fault, () -> {
                harmed.links().turn(how);
                try {
                    pass(PAUSE);
                } finally {
                    harmed.links().turn(Links.State.OPEN);
                }
            });
        } finally {
            harmed.callFront();
        }
    }

    private SmallDisk disk() {
        Assumptions.assumeTrue(harmed.disk().isPresent(),
                "mounting a disk for a node takes Linux and root");
        return harmed.disk().orElseThrow();
    }

    @Tag("faults")
    @Test
    void diskFull() throws Exception {
        SmallDisk disk = disk();
        harmed.during("a node's disk full to the last byte for 15 s", () -> {
            long paused = harmed.logged(1, "Disk nearly full");
            long resumed = harmed.logged(1, "There is room on the disk again");
            disk.fill();
            try {
                harmed.awaitLogged(1, "Disk nearly full", paused);
                pass(PAUSE);
            } finally {
                disk.empty();
            }
            harmed.awaitLogged(1, "There is room on the disk again", resumed);
        });
    }

    @Tag("faults")
    @Test
    void diskHangs() throws Exception {
        SmallDisk disk = disk();
        harmed.during("a node's disk takes no writes for 15 s", () -> {
            disk.freeze();
            try {
                pass(PAUSE);
            } finally {
                disk.thaw();
            }
        });
    }

    @Tag("faults")
    @Test
    void nodesRestartedOneByOne() throws Exception {
        harmed.calls().rate(MANY_READS);
        // Nodes that have served this load for a while, as those of every day have.
        pass(WARM);
        harmed.during("rolling restart of the nodes, " + MANY_READS + " calls a second", () -> {
            for (int number = 1; number <= NODES; number++) {
                cluster().nodes().get(number - 1).close();
                cluster().restart(number);
                harmed.awaitReady(NODES);
                // As the runbook says: half of the traffic makes it warm, then it can take all.
                pass(WARM);
            }
        });
        harmed.calls().usualRate();
    }

    @Tag("faults")
    @Test
    void brokersRestartedOneByOne() throws Exception {
        harmed.during("rolling restart of the brokers", () -> {
            for (int id = 1; id <= BROKERS; id++) {
                brokers().stop(id);
                brokers().restart(id);
                brokers().awaitAll();
            }
        });
    }
}
