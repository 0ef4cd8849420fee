package ai.pathbound.sandbox.hostile;

import ai.pathbound.mcp.Application;
import ai.pathbound.projector.Projector;
import ai.pathbound.sandbox.broker.BrokerProcess;
import ai.pathbound.sandbox.feed.FeedProducers;
import ai.pathbound.sandbox.feed.FeedTopics;
import ai.pathbound.sandbox.feed.OutboxRelay;
import ai.pathbound.sandbox.rest.RestServer;
import ai.pathbound.sandbox.store.Change;
import ai.pathbound.sandbox.store.Truth;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// Broker, backend, projector and endpoint, all real, in one partition: every tenant's rows lie in
/// one store.
final class Stack implements AutoCloseable {
    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final Duration WITHIN = Duration.ofMinutes(3);

    final Truth truth;
    final TokenIssuer issuer = new TokenIssuer();
    private final BrokerProcess broker;
    private final OutboxRelay relay;
    private final RestServer rest;
    private final ConfigurableApplicationContext node;

    /// @param settings further settings of the node, `name=value`
    Stack(Path folder, String... settings) {
        broker = BrokerProcess.start(folder.resolve("broker"), HOME, _ -> {
        });
        new FeedTopics(broker.bootstrapServers(), 1).ensure();
        truth = Truth.open(folder.resolve("backend"));
        keepLittle(folder);
        relay = new OutboxRelay(truth, () -> FeedProducers.connect(broker.bootstrapServers()));
        rest = RestServer.start(truth,
                "127.0.0.1",
                0,
                false,
                Clock.systemUTC(),
                issuer::signedIn,
                relay::wake);
        relay.start();
        SpringApplication application = Application.node();
        application.setRegisterShutdownHook(false);
        List<String> arguments = new ArrayList<>(
                List.of(
                        "--server.port=0",
                        "--spring.reactor.netty.shutdown-quiet-period=0s",
                        "--pathbound.backend.url=" + rest.baseUrl(),
                        "--pathbound.backend.limit.requests=0",
                        "--pathbound.limits.reads-per-minute=0",
                        "--pathbound.limits.writes-per-minute=0",
                        "--pathbound.limits.attempts-per-minute=0",
                        "--pathbound.projector.bootstrap-servers=" + broker.bootstrapServers(),
                        "--pathbound.projector.state-dir=" + folder.resolve("state")));
        Stream.concat(issuer.settings().stream(), Stream.of(settings))
                .forEach(setting -> arguments.add("--" + setting));
        node = application.run(arguments.toArray(String[]::new));
    }

    /// The backend's cache would grow to 64 MB, and pass for memory of the node in the same process.
    private static void keepLittle(Path folder) {
        try (Connection database = DriverManager
                .getConnection("jdbc:h2:file:" + folder.resolve("backend").resolve("truth"));
                Statement statement = database.createStatement()) {
            statement.execute("SET CACHE_SIZE 512");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return Integer.parseInt(node.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /// Stores the changes and returns when they can be read.
    void load(List<Change> changes) {
        truth.write(() -> {
            truth.apply(changes);
            return true;
        });
        relay.wake();
        Awaitility.await().atMost(WITHIN).until(() -> !truth.hasPending());
        Instant now = Instant.now();
        Projector projector = node.getBean(Projector.class);
        Awaitility.await().atMost(WITHIN).until(() -> projector.holdsAllAsOf(now));
    }

    @Override
    public void close() {
        node.close();
        rest.close();
        relay.close();
        truth.close();
        broker.close();
        issuer.close();
    }
}
