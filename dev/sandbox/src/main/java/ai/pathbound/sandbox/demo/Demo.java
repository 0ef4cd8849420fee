package ai.pathbound.sandbox.demo;

import ai.pathbound.mcp.Application;
import ai.pathbound.projector.Projector;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.sandbox.Sandbox;
import ai.pathbound.sandbox.broker.BrokerProcess;
import ai.pathbound.sandbox.oauth.AuthorizationServer;
import ai.pathbound.sandbox.oauth.AuthorizationSettings;
import ai.pathbound.sandbox.oauth.DemoUser;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/// The parts of the demo and the order in which they start and end.
final class Demo implements AutoCloseable {
    /// Logging set-up of this process, on the class path.
    static final String LOGGING = "demo-logback.xml";

    /// The backend's own limit per key and quarter of an hour.
    private static final int BACKEND_REQUESTS = 100;
    /// Per user and minute; high enough not to stand in the way of a load test.
    private static final int READS = 60_000;
    private static final int WRITES = 6_000;
    private static final Duration PUBLISHED_WITHIN = Duration.ofMinutes(30);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(2);
    private static final Duration LOOKED_EVERY = Duration.ofMillis(50);

    private final DemoOptions options;
    private final Consumer<String> progress;
    /// What has started, newest first.
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private volatile boolean closing;

    Demo(DemoOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /// Starts everything and returns when every generated change can be read.
    void run() throws InterruptedException {
        Instant begin = Instant.now();
        if (options.fresh) {
            erase();
        }
        // While the broker starts.
        CompletableFuture<AuthorizationServer> signIn = CompletableFuture
                .supplyAsync(this::authorizationServer);
        BrokerProcess broker = started(
                BrokerProcess.start(
                        options.folder("kafka"),
                        Path.of(System.getProperty("pathbound.broker.home", "dev/broker/target")),
                        progress));
        this.broker.complete(broker.process());
        Sandbox sandbox = started(
                Sandbox.start(
                        options.sandbox(broker.bootstrapServers()),
                        token -> signIn.join().check(token)));
        progress.accept("the stand-in backend serves " + sandbox.baseUrl() + "/v1");
        // The node starts while the backend still makes up its data.
        CompletableFuture<ConfigurableApplicationContext> starting = CompletableFuture
                .supplyAsync(() -> node(broker.bootstrapServers(), sandbox, signIn.join()));
        sandbox.seed(progress);
        ConfigurableApplicationContext node = join(starting);
        sandbox.awaitPublished(PUBLISHED_WITHIN);
        awaitReadable(node.getBean(Projector.class), Instant.now());
        if (!options.noTraffic) {
            sandbox.startTraffic();
        }
        tellHowToUseIt(Duration.between(begin, Instant.now()), signIn.join().issuer());
    }

    private AuthorizationServer authorizationServer() {
        return started(
                AuthorizationServer.start(
                        new AuthorizationSettings(options.folder("oauth"), url(),
                                Clock.systemUTC())));
    }

    /// The endpoint as users type it.
    private String url() {
        return "http://localhost:" + options.port + "/mcp";
    }

    private void erase() {
        progress.accept("forgetting what " + options.folder("") + " holds");
        // First, because it refuses while another demo runs on this folder.
        BrokerProcess.erase(options.folder("kafka"));
        for (String folder : new String[]{"backend", "oauth", "state"}) {
            FileSystemUtils.deleteRecursively(options.folder(folder).toFile());
        }
    }

    private ConfigurableApplicationContext node(String bootstrapServers,
            Sandbox sandbox,
            AuthorizationServer signIn) {
        SpringApplication node = Application.node();
        // The demo ends its parts itself, in order.
        node.setRegisterShutdownHook(false);
        return started(
                node.run(
                        "--logging.config=classpath:" + LOGGING,
                        // Its keys are published: for this machine only.
                        "--server.address=127.0.0.1",
                        "--server.port=" + options.port,
                        // No balancer has to notice that it stops.
                        "--pathbound.connections.drain=0s",
                        "--pathbound.backend.url=" + sandbox.baseUrl(),
                        "--pathbound.backend.limit.requests="
                                + (options.backendLimits ? BACKEND_REQUESTS : 0),
                        "--pathbound.oauth.issuer=" + signIn.issuer(),
                        "--pathbound.oauth.public-url=" + url(),
                        "--pathbound.limits.reads-per-minute=" + READS,
                        "--pathbound.limits.writes-per-minute=" + WRITES,
                        "--pathbound.projector.bootstrap-servers=" + bootstrapServers,
                        "--pathbound.projector.standbys=0",
                        "--pathbound.projector.state-dir=" + options.folder("state")));
    }

    private static <T> T join(CompletableFuture<T> starting) throws InterruptedException {
        try {
            return starting.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the node did not start: "
                    + rootOf(e).getMessage(), e);
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private void awaitReadable(Projector projector, Instant instant) throws InterruptedException {
        Instant tell = Instant.now().plus(TOLD_EVERY);
        while (!projector.holdsAllAsOf(instant)) {
            if (projector.isDead() || projector.stopped().isPresent()) {
                throw new IllegalStateException(
                        "the projector has stopped; see " + options.folder("demo.log"));
            }
            if (Instant.now().isAfter(tell)) {
                progress.accept("projecting, %,d changes to go"
                        .formatted(projector.recordsBehind()));
                tell = Instant.now().plus(TOLD_EVERY);
            }
            Thread.sleep(LOOKED_EVERY);
        }
        for (String tenant : Sandbox.TENANTS) {
            awaitTables(projector, tenant);
        }
    }

    /// The tables that lists and statistics are answered from are made when they are first asked for.
    private static void awaitTables(Projector projector, String tenant)
            throws InterruptedException {
        while (projector.readModel()
                .ask(tenant, new Question.EventTypes()) instanceof Answer.Rebuilding) {
            Thread.sleep(LOOKED_EVERY);
        }
    }

    private void tellHowToUseIt(Duration took, String issuer) {
        progress.accept(
                """

                        Everything is loaded, after %.1f s. Demo keys:
                          sk_demo_acme       tenant acme, all scopes
                          sk_demo_acme_read  tenant acme, reading only
                          sk_demo_globex     tenant globex, all scopes
                        Demo users, for signing in with OAuth at %s:
                        %s
                        Per-user limits are raised to %,d reads and %,d writes a minute.
                        The backend's limit of 100 requests per 15 minutes is %s.
                        Claude Code, with a key:
                          claude mcp add --transport http pathbound %s --header "Authorization: Bearer sk_demo_acme"
                        Claude Code, signing in (then /mcp and Authenticate):
                          claude mcp add --transport http pathbound %s
                        """
                        .formatted(
                                took.toMillis() / 1000.0,
                                issuer,
                                users(),
                                READS,
                                WRITES,
                                options.backendLimits ? "on" : "off (--backend-limits turns it on)",
                                url(),
                                url()));
        progress.accept("READY " + url());
    }

    private static String users() {
        return DemoUser.ALL.stream()
                .map(
                        user -> "  %-16s password %s, tenant %s, %s".formatted(
                                user.email(),
                                user.password(),
                                user.tenant(),
                                user.mayWrite() ? "all scopes" : "reading only"))
                .collect(Collectors.joining("\n"));
    }

    private final CompletableFuture<Process> broker = new CompletableFuture<>();

    /// Returns when the broker has ended by itself, which it should not.
    void awaitBrokerEnd() throws InterruptedException {
        broker.join().waitFor();
    }

    boolean isClosing() {
        return closing;
    }

    private synchronized <T extends AutoCloseable> T started(T part) {
        parts.push(part);
        return part;
    }

    /// Ends what has started, newest first.
    @Override
    public void close() {
        closing = true;
        for (AutoCloseable part : take()) {
            try {
                part.close();
            } catch (Exception e) {
                progress.accept("did not end well: " + e.getMessage());
            }
        }
    }

    private synchronized Deque<AutoCloseable> take() {
        Deque<AutoCloseable> taken = new ArrayDeque<>(parts);
        parts.clear();
        return taken;
    }
}
