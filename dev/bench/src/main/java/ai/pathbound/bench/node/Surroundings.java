package ai.pathbound.bench.node;

import ai.pathbound.bench.report.Run;
import ai.pathbound.sandbox.Sandbox;
import ai.pathbound.sandbox.SandboxSettings;
import ai.pathbound.sandbox.broker.BrokerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;

/// What a node needs around it: a broker as a child process, and a backend without data of its own
/// that knows the demo's keys.
final class Surroundings implements AutoCloseable {
    private static final int SMALLEST = 10;

    private final BrokerProcess broker;
    private final Sandbox backend;

    private Surroundings(BrokerProcess broker, Sandbox backend) {
        this.broker = broker;
        this.backend = backend;
    }

    static Surroundings start(Run run) {
        Path home = Path.of(System.getProperty("pathbound.broker.home", "dev/broker/target"));
        BrokerProcess broker = BrokerProcess.start(run.folder("node-kafka"), home, run::say);
        try {
            return new Surroundings(broker,
                    Sandbox.start(
                            new SandboxSettings(run.folder("node-backend"), 0,
                                    broker.bootstrapServers(), SandboxSettings.PARTITIONS_DEFAULT,
                                    1, SMALLEST, SMALLEST, SMALLEST, false, Clock.systemUTC())));
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    URI backendUrl() {
        return backend.baseUrl();
    }

    @Override
    public void close() {
        backend.close();
        broker.close();
    }
}
