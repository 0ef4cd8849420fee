package ai.pathbound.sandbox.cluster;

import ai.pathbound.sandbox.LocalOptions;
import ai.pathbound.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/// The command line of the cluster; the port is that of the front.
final class ClusterOptions extends LocalOptions {
    @Option(names = "--brokers", defaultValue = "3", description = "Kafka brokers")
    int brokers;

    @Option(names = "--nodes", defaultValue = "2", description = "all-in-one nodes")
    int nodes;

    ClusterSettings settings(Path brokerHome) {
        return new ClusterSettings(folder(""), brokerHome, brokers, nodes, port, "127.0.0.1",
                Map.of(),
                this::backend);
    }

    SandboxSettings backend(String bootstrapServers) {
        return backend(bootstrapServers, false);
    }
}
