package ai.pathbound.sandbox.cluster;

import ai.pathbound.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The command line of the cluster.
final class ClusterOptions {
    @Option(names = "--brokers", defaultValue = "3", description = "Kafka brokers")
    int brokers;

    @Option(names = "--nodes", defaultValue = "2", description = "all-in-one nodes")
    int nodes;

    @Option(names = "--port", defaultValue = "8080", description = "port of the balancer")
    int port;

    @Option(names = "--data", required = true, description = "folder that keeps all data")
    @Nullable
    Path data;

    @Option(names = "--fresh", description = "forget what the folder holds and start anew")
    boolean fresh;

    @Option(names = "--seed", defaultValue = "42", description = "seed of the generated data")
    long seed;

    @Option(names = "--contacts", defaultValue = "2000", description = "contacts of tenant acme")
    int contacts;

    @Option(names = "--companies", defaultValue = "300", description = "companies of tenant acme")
    int companies;

    @Option(names = "--events", defaultValue = "50000", description = "events of tenant acme")
    int events;

    @Option(names = "--no-traffic", description = "no live events after loading")
    boolean noTraffic;

    Path folder() {
        if (data == null) {
            throw new IllegalStateException("--data is mandatory");
        }
        return data.toAbsolutePath().normalize();
    }

    ClusterSettings settings(Path brokerHome) {
        return new ClusterSettings(folder(), brokerHome, brokers, nodes, port, "127.0.0.1",
                Map.of(),
                this::backend);
    }

    SandboxSettings backend(String bootstrapServers) {
        return new SandboxSettings(folder().resolve("backend"), 0, bootstrapServers,
                SandboxSettings.PARTITIONS_DEFAULT, seed, contacts, companies, events, false,
                Clock.systemUTC());
    }
}
