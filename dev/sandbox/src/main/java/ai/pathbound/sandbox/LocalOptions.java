package ai.pathbound.sandbox;

import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the commands have in common that start everything on this machine: where clients come in, where
/// the data is kept, and what is generated.
public abstract class LocalOptions {
    @Option(names = "--port", defaultValue = "8080", description = "port of the MCP endpoint")
    public int port;

    @Option(names = "--data", required = true, description = "folder that keeps all data")
    @Nullable
    public Path data;

    @Option(names = "--fresh", description = "forget what the folder holds and start anew")
    public boolean fresh;

    @Option(names = "--seed", defaultValue = "42", description = "seed of the generated data")
    public long seed;

    @Option(names = "--contacts", defaultValue = "2000", description = "contacts of tenant acme")
    public int contacts;

    @Option(names = "--companies", defaultValue = "300", description = "companies of tenant acme")
    public int companies;

    @Option(names = "--events", defaultValue = "50000", description = "events of tenant acme")
    public int events;

    @Option(names = "--no-traffic", description = "no live events after loading")
    public boolean noTraffic;

    /// Tells the backend its time: the generated history ends at the midnight before.
    public Clock clock = Clock.systemUTC();

    /// A folder or file in the data folder; the folder itself for an empty name.
    public Path folder(String name) {
        if (data == null) {
            throw new IllegalStateException("--data is mandatory");
        }
        return data.toAbsolutePath().normalize().resolve(name);
    }

    /// The backend as it is to be.
    ///
    /// @param limits whether each key is held to 100 requests in 15 minutes
    protected SandboxSettings backend(String bootstrapServers, boolean limits) {
        return new SandboxSettings(folder("backend"), 0, bootstrapServers,
                SandboxSettings.PARTITIONS_DEFAULT, seed, contacts, companies, events, limits,
                clock);
    }
}
