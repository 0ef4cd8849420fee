package ai.pathbound.sandbox.cluster;

import ai.pathbound.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/// What a cluster on this machine is made of.
///
/// @param dataDir folder of everything
/// @param brokerHome folder with the broker's jar and `lib/`
/// @param brokers Kafka brokers; three keep a copy of each record on two others
/// @param nodes all-in-one nodes
/// @param port where the front serves the MCP endpoint; 0 for a free one
/// @param hostOfNodes the name nodes call each other by; they listen on 127.0.0.1
/// @param nodeSettings further settings of every node, by property name
/// @param backend settings of the stand-in backend, given the brokers' addresses
public record ClusterSettings(Path dataDir,
        Path brokerHome,
        int brokers,
        int nodes,
        int port,
        String hostOfNodes,
        Map<String, String> nodeSettings,
        Function<String, SandboxSettings> backend) {
    public ClusterSettings {
        dataDir = dataDir.toAbsolutePath().normalize();
        requireBetween("brokers", brokers, 1, 7);
        requireBetween("nodes", nodes, 1, 16);
        requireBetween("port", port, 0, 65_535);
        nodeSettings = Map.copyOf(nodeSettings);
    }

    private static void requireBetween(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("--%s must be between %d and %d: %d"
                    .formatted(name, least, most, value));
        }
    }
}
