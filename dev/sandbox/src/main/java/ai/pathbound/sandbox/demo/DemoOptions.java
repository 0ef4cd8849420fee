package ai.pathbound.sandbox.demo;

import ai.pathbound.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The command line of the demo.
final class DemoOptions {
    @Option(names = "--port", defaultValue = "8080", description = "port of the MCP endpoint")
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

    @Option(names = "--backend-limits", description = "100 requests per 15 minutes and key")
    boolean backendLimits;

    /// Tells the backend its time: the generated history ends at the midnight before.
    Clock clock = Clock.systemUTC();

    Path folder(String name) {
        if (data == null) {
            throw new IllegalStateException("--data is mandatory");
        }
        return data.toAbsolutePath().normalize().resolve(name);
    }

    SandboxSettings sandbox(String bootstrapServers) {
        return new SandboxSettings(folder("backend"), 0, bootstrapServers,
                SandboxSettings.PARTITIONS_DEFAULT, seed, contacts, companies, events,
                backendLimits, clock);
    }
}
