package ai.pathbound.sandbox;

import java.nio.file.Path;
import java.time.Clock;

/// Everything the stand-in backend can be told.
///
/// @param dataDir where the truth is kept
/// @param port REST port; 0 picks a free one
/// @param kafkaBootstrapServers brokers of the change feed
/// @param partitions partition count of each change topic, used when the topics are created
/// @param seed seed of the generated data
/// @param contacts contacts of tenant acme; globex gets a tenth of each number
/// @param companies companies of tenant acme
/// @param events events of tenant acme
/// @param backendLimits whether each key is held to 100 requests in 15 minutes
/// @param clock time of writes and of live traffic
public record SandboxSettings(Path dataDir,
        int port,
        String kafkaBootstrapServers,
        int partitions,
        long seed,
        int contacts,
        int companies,
        int events,
        boolean backendLimits,
        Clock clock) {
    public static final int PARTITIONS_DEFAULT = 4;

    public SandboxSettings {
        requireAtLeast("port", port, 0);
        requireAtLeast("partitions", partitions, 1);
        requireAtLeast("contacts", contacts, 10);
        requireAtLeast("companies", companies, 10);
        requireAtLeast("events", events, 10);
    }

    /// The demo's defaults.
    public static SandboxSettings demo(Path dataDir, String kafkaBootstrapServers) {
        return new SandboxSettings(dataDir, 0, kafkaBootstrapServers, PARTITIONS_DEFAULT, 42, 2_000,
                300, 50_000, false, Clock.systemUTC());
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "sandbox." + name + " must be at least " + least + ": " + value);
        }
    }
}
