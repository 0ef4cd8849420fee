package ai.pathbound.sandbox;

import ai.pathbound.projector.Projector;
import ai.pathbound.projector.ProjectorSettings;
import ai.pathbound.sandbox.broker.BrokerProcess;
import ai.pathbound.sandbox.feed.FeedTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes know how many they are.
final class LiveNodesIT {
    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final Duration WITHIN = Duration.ofMinutes(2);

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void nodes_areCounted_asTheyComeAndGo() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"), HOME, _ -> {
        })) {
            new FeedTopics(broker.bootstrapServers(), 4).ensure();
            try (Projector first = start(broker, "first", 7001)) {
                try (Projector second = start(broker, "second", 7002)) {
                    Awaitility.await()
                            .atMost(WITHIN)
                            .until(() -> first.liveNodes() == 2 && second.liveNodes() == 2);
                }
                Awaitility.await().atMost(WITHIN).until(() -> first.liveNodes() == 1);
            }
        }
    }

    /// The address is only named, nobody calls it.
    private Projector start(BrokerProcess broker, String name, int port)
            throws InterruptedException {
        return Projector.start(
                new ProjectorSettings(broker.bootstrapServers(), "it", folder.resolve(name), 1,
                        32 << 20, Map.of("application.server", "localhost:" + port)));
    }
}
