package ai.pathbound.sandbox.faults;

import static ai.pathbound.sandbox.faults.HarmedCluster.pass;

import ai.pathbound.sandbox.cluster.Signals;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// As [ClusterFaultsIT], with transactions: the faults that make two nodes believe they own the same
/// partition, or leave a transaction open.
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExactlyOnceFaultsIT {
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final HarmedCluster harmed;

    ExactlyOnceFaultsIT(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        harmed = new HarmedCluster(folder, "exactly_once_v2", ", exactly once");
    }

    @AfterAll
    void stop() throws Exception {
        harmed.stop();
    }

    @Test
    void nodePausedBeyondItsSession() throws Exception {
        harmed.during("a node paused for 15 s, then going on as if nothing had happened", () -> {
            long node = harmed.cluster().nodes().getFirst().pid();
            Signals.pause(node);
            pass(PAUSE);
            Signals.goOn(node);
        });
    }

    @Test
    void nodeKilled() throws Exception {
        harmed.during("kill -9 of a node", () -> {
            harmed.cluster().nodes().getFirst().kill();
            pass(PAUSE);
            harmed.cluster().restart(1);
        });
    }
}
