package ai.pathbound.sandbox;

import ai.pathbound.projector.ClusterSettings;
import ai.pathbound.projector.FollowSettings;
import ai.pathbound.projector.Projector;
import ai.pathbound.projector.ProjectorSettings;
import ai.pathbound.projector.tables.TablesLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// A projector to be killed: prints how many records it still has to apply.
final class FollowingProjector {
    private FollowingProjector() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (Projector projector = Projector
                .start(
                        settings(
                                arguments[0],
                                arguments[1],
                                Path.of(arguments[2]),
                                Boolean.parseBoolean(arguments[3])))) {
            while (true) {
                System.out.println(
                        projector.isReady() ? "ready" : "behind " + projector.recordsBehind());
                Thread.sleep(20);
            }
        }
    }

    static ProjectorSettings settings(String bootstrapServers, String application, Path stateDir) {
        return settings(bootstrapServers, application, stateDir, false);
    }

    static ProjectorSettings settings(String bootstrapServers,
            String application,
            Path stateDir,
            boolean exactlyOnce) {
        return new ProjectorSettings(bootstrapServers, application, stateDir, 2, 32 << 20,
                TablesLimits.ofMemory(0), 64 << 20, Map.of(), ClusterSettings.ALONE,
                new FollowSettings(exactlyOnce, Duration.ofSeconds(10), 0));
    }
}
