package ai.pathbound.sandbox;

import ai.pathbound.sandbox.feed.FeedProducers;
import ai.pathbound.sandbox.feed.FeedTopics;
import ai.pathbound.sandbox.feed.OutboxRelay;
import ai.pathbound.sandbox.oauth.SignedIn;
import ai.pathbound.sandbox.rest.RestServer;
import ai.pathbound.sandbox.seed.SeedPlan;
import ai.pathbound.sandbox.seed.Seeding;
import ai.pathbound.sandbox.store.Truth;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running stand-in backend: REST v1, truth on disk, change feed.
public final class Sandbox implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sandbox.class);
    /// Not meant for others, unless told.
    private static final String LOOPBACK = "127.0.0.1";
    private static final String FIRST_TENANT = "acme";
    private static final String SECOND_TENANT = "globex";
    /// The tenants that have data.
    public static final List<String> TENANTS = List.of(FIRST_TENANT, SECOND_TENANT);
    private static final int SECOND_TENANT_SHARE = 10;

    private final SandboxSettings settings;
    private final Truth truth;
    private final OutboxRelay relay;
    private final RestServer server;
    private final Seeding seeding;
    private @Nullable Traffic traffic;

    private Sandbox(SandboxSettings settings,
            String bind,
            Function<String, Optional<SignedIn>> tokens,
            Supplier<Producer<byte[], byte[]>> producers) {
        this.settings = settings;
        truth = Truth.open(settings.dataDir());
        seeding = new Seeding(truth);
        relay = new OutboxRelay(truth, producers);
        server = RestServer.start(
                truth,
                bind,
                settings.port(),
                settings.backendLimits(),
                settings.clock(),
                tokens,
                relay::wake);
        relay.start();
    }

    /// Opens the data, makes missing topics and serves REST. An absent broker does not stop it:
    /// the feed catches up when the broker is there.
    public static Sandbox start(SandboxSettings settings) {
        return start(settings, LOOPBACK, _ -> Optional.empty());
    }

    /// As above; REST takes access tokens, too.
    ///
    /// @param tokens who an access token speaks for, if it is good
    public static Sandbox start(SandboxSettings settings,
            Function<String, Optional<SignedIn>> tokens) {
        return start(settings, LOOPBACK, tokens);
    }

    /// The same without tokens, reachable from elsewhere.
    ///
    /// @param bind address of the interface to listen on
    public static Sandbox start(SandboxSettings settings, String bind) {
        return start(settings, bind, _ -> Optional.empty());
    }

    private static Sandbox start(SandboxSettings settings,
            String bind,
            Function<String, Optional<SignedIn>> tokens) {
        var topics = new FeedTopics(settings.kafkaBootstrapServers(), settings.partitions());
        return start(settings, bind, tokens, () -> {
            topics.ensure();
            return FeedProducers.connect(settings.kafkaBootstrapServers());
        }, topics::ensure);
    }

    static Sandbox start(SandboxSettings settings,
            Supplier<Producer<byte[], byte[]>> producers,
            Runnable topics) {
        return start(settings, LOOPBACK, _ -> Optional.empty(), producers, topics);
    }

    private static Sandbox start(SandboxSettings settings,
            String bind,
            Function<String, Optional<SignedIn>> tokens,
            Supplier<Producer<byte[], byte[]>> producers,
            Runnable topics) {
        try {
            topics.run();
        } catch (IllegalStateException e) {
            log.warn("topics are not there yet, will keep trying", e);
        }
        return new Sandbox(settings, bind, tokens, producers);
    }

    /// Address of the server; REST stands under `/v1`.
    public URI baseUrl() {
        return server.baseUrl();
    }

    /// Stores the generated data unless it is complete; continues where an earlier run was cut off.
    public void seed(Consumer<String> progress) {
        seeding.seed(plans(), progress);
        relay.wake();
    }

    /// Waits until the broker has everything; throws [IllegalStateException] when time is up.
    public void awaitPublished(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (truth.hasPending()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("changes are still unpublished after " + atMost);
            }
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    /// Starts about five events a second, three quarters of them at the first tenant.
    public synchronized void startTraffic() {
        if (traffic == null) {
            List<SeedPlan> plans = plans().stream().map(seeding::plan).toList();
            traffic = new Traffic(truth, settings.clock(), relay::wake, plans.getFirst(),
                    plans.getLast());
        }
    }

    @Override
    public synchronized void close() {
        if (traffic != null) {
            traffic.close();
        }
        server.close();
        relay.close();
        truth.close();
    }

    /// What the settings ask for; the history ends at the last midnight.
    private List<SeedPlan> plans() {
        Instant anchor = settings.clock().instant().truncatedTo(ChronoUnit.DAYS);
        return List.of(
                plan(FIRST_TENANT, 1, anchor),
                plan(SECOND_TENANT, SECOND_TENANT_SHARE, anchor));
    }

    private SeedPlan plan(String tenant, int share, Instant anchor) {
        return new SeedPlan(settings.seed(), tenant, settings.contacts() / share,
                settings.companies() / share, settings.events() / share, anchor);
    }
}
