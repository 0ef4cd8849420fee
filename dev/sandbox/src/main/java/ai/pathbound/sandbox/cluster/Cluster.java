package ai.pathbound.sandbox.cluster;

import ai.pathbound.sandbox.Sandbox;
import ai.pathbound.sandbox.broker.BrokerCluster;
import ai.pathbound.sandbox.terminal.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/// A running cluster on this machine: brokers, stand-in backend, nodes, and a front that clients come in
/// by. All but the backend are child JVMs, so that each can be killed like the real thing; all listen
/// on the loopback interface alone.
///
/// Nodes are numbered from 1.
public final class Cluster implements AutoCloseable {
    /// Keys of the backend's two tenants.
    public static final List<String> KEYS = List.of("sk_demo_acme", "sk_demo_globex");

    private static final Duration READABLE_WITHIN = Duration.ofMinutes(10);
    private static final Duration LOOKED_EVERY = Duration.ofMillis(100);
    /// Per user and minute; high enough not to stand in the way of a load test.
    private static final int READS = 600_000;
    private static final int WRITES = 60_000;
    private static final int SECRET_BYTES = 32;
    private static final Duration PROBED_WITHIN = Duration.ofSeconds(1);
    private static final String ADDRESS = "pathbound.nodes.address";
    private static final int OK = 200;
    private static final String FRONT = "front";

    private final BrokerCluster brokers;
    private final Sandbox backend;
    private final List<NodeProcess> nodes;
    private final NodeProcess front;
    private final HttpClient probes = HttpClient.newBuilder()
            .connectTimeout(PROBED_WITHIN)
            .build();

    private Cluster(BrokerCluster brokers,
            Sandbox backend,
            List<NodeProcess> nodes,
            NodeProcess front) {
        this.brokers = brokers;
        this.backend = backend;
        this.nodes = nodes;
        this.front = front;
    }

    /// Starts everything, without waiting until the nodes serve.
    ///
    /// @param progress told in short sentences what is going on
    public static Cluster start(ClusterSettings settings, Consumer<String> progress)
            throws IOException {
        List<AutoCloseable> started = new ArrayList<>();
        try {
            BrokerCluster brokers = BrokerCluster.start(
                    settings.dataDir().resolve("kafka"),
                    settings.brokerHome(),
                    settings.brokers(),
                    progress);
            started.add(brokers);
            Sandbox backend = Sandbox.start(settings.backend().apply(brokers.bootstrapServers()));
            started.add(backend);
            progress.accept("the stand-in backend serves " + backend.baseUrl() + "/v1");
            List<NodeProcess> nodes = new ArrayList<>();
            Map<String, String> common = common(brokers, backend);
            Map<String, String> secrets = secrets();
            for (NodeSetup setup : setups(settings, common, secrets)) {
                NodeProcess node = NodeProcess.start(setup);
                started.add(node);
                nodes.add(node);
                progress.accept("%s starts on %s, process %d"
                        .formatted(setup.name(), setup.url(), node.pid()));
            }
            NodeProcess front = NodeProcess.start(front(settings, nodes, common, secrets));
            progress.accept("the front starts on %s, process %d"
                    .formatted(front.url(), front.pid()));
            return new Cluster(brokers, backend, nodes, front);
        } catch (IOException | RuntimeException e) {
            closeAll(started.reversed());
            throw e;
        }
    }

    /// Deletes what the folder of a cluster holds.
    public static void erase(Path dataDir) throws IOException {
        // First, because it refuses while another cluster runs on this folder.
        BrokerCluster.erase(dataDir.resolve("kafka"));
        FileSystemUtils.deleteRecursively(dataDir.resolve("backend"));
        FileSystemUtils.deleteRecursively(dataDir.resolve(FRONT));
        for (int number = 1; FileSystemUtils.deleteRecursively(nodeFolder(dataDir, number));) {
            number++;
        }
    }

    private static Path nodeFolder(Path dataDir, int number) {
        return dataDir.resolve("node-" + number);
    }

    private static List<NodeSetup> setups(ClusterSettings settings,
            Map<String, String> common,
            Map<String, String> environment) {
        List<NodeSetup> setups = new ArrayList<>();
        // One for clients and one for the other nodes, each.
        List<Integer> ports = Ports.free(2 * settings.nodes());
        for (int number = 1; number <= settings.nodes(); number++) {
            int internal = ports.get(settings.nodes() + number - 1);
            Map<String, String> own = new HashMap<>(common);
            own.put("pathbound.nodes.bind", "127.0.0.1");
            own.put(ADDRESS, settings.hostOfNodes() + ":" + internal);
            own.putAll(settings.nodeSettings());
            setups.add(new NodeSetup("node-" + number, nodeFolder(settings.dataDir(), number),
                    ports.get(number - 1), own, environment));
        }
        return setups;
    }

    /// Knows every node, and is known to clients.
    private static NodeSetup front(ClusterSettings settings,
            List<NodeProcess> nodes,
            Map<String, String> common,
            Map<String, String> environment) {
        Map<String, String> own = new HashMap<>(common);
        own.put("pathbound.nodes.role", "front");
        own.put("pathbound.nodes.peers",
                nodes.stream()
                        .map(node -> node.setup().settings().getOrDefault(ADDRESS, ""))
                        .collect(Collectors.joining(",")));
        int port = settings.port() == 0 ? Ports.free() : settings.port();
        return new NodeSetup(FRONT, settings.dataDir().resolve(FRONT), port, own, environment);
    }

    private static Map<String, String> common(BrokerCluster brokers, Sandbox backend) {
        return Map.of(
                "pathbound.backend.url",
                backend.baseUrl().toString(),
                "pathbound.backend.limit.requests",
                "0",
                "pathbound.limits.reads-per-minute",
                String.valueOf(READS),
                "pathbound.limits.writes-per-minute",
                String.valueOf(WRITES),
                "pathbound.limits.concurrent",
                "0",
                "pathbound.projector.bootstrap-servers",
                brokers.bootstrapServers());
    }

    /// What all nodes share and nobody else knows, new at each start of the cluster.
    private static Map<String, String> secrets() {
        return Map.of("PATHBOUND_NODE_SECRET", secret(), "PATHBOUND_CONFIRM_KEY", secret());
    }

    private static String secret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return Base64.getEncoder().encodeToString(secret);
    }

    /// Waits until every change that was in Kafka at this instant can be read through the front.
    ///
    /// @throws IllegalStateException when that takes more than ten minutes or a node has ended
    public void awaitReadable(Instant instant) throws InterruptedException {
        Instant end = Instant.now().plus(READABLE_WITHIN);
        for (String key : KEYS) {
            try (ToolClient client = new ToolClient(endpoint(), key)) {
                while (!holds(client, instant)) {
                    requireAlive();
                    if (Instant.now().isAfter(end)) {
                        throw new IllegalStateException(
                                "the data cannot be read after " + READABLE_WITHIN);
                    }
                    Thread.sleep(LOOKED_EVERY);
                }
            }
        }
    }

    private static boolean holds(ToolClient client, Instant instant) throws InterruptedException {
        try {
            return client.call("list_contacts", Map.of("count_only", true))
                    .asOf()
                    .filter(asOf -> !asOf.isBefore(instant))
                    .isPresent();
        } catch (IOException _) {
            return false;
        }
    }

    private void requireAlive() {
        for (NodeProcess node : Stream.concat(nodes().stream(), Stream.of(front)).toList()) {
            if (!node.isAlive()) {
                throw new IllegalStateException(
                        node.setup().name() + " has ended; its log is " + node.setup().log());
            }
        }
    }

    /// The MCP endpoint, at the front.
    public URI endpoint() {
        return front.endpoint();
    }

    public BrokerCluster brokers() {
        return brokers;
    }

    public Sandbox backend() {
        return backend;
    }

    /// All nodes, running or not.
    public synchronized List<NodeProcess> nodes() {
        return List.copyOf(nodes);
    }

    /// How many nodes say that they are ready, the front not counted.
    public int nodesReady() {
        return Math.toIntExact(nodes().stream().filter(this::isReady).count());
    }

    private boolean isReady(NodeProcess node) {
        try {
            HttpRequest probe = HttpRequest.newBuilder(node.url().resolve("/health/ready"))
                    .timeout(PROBED_WITHIN)
                    .build();
            return probes.send(probe, HttpResponse.BodyHandlers.discarding())
                    .statusCode() == OK;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Starts a node that has ended, on its folder and port.
    public synchronized NodeProcess restart(int number) throws IOException {
        NodeProcess ended = nodes.get(number - 1);
        if (ended.isAlive()) {
            throw new IllegalStateException(ended.setup().name() + " is running");
        }
        NodeProcess node = NodeProcess.start(ended.setup());
        nodes.set(number - 1, node);
        return node;
    }

    /// Stops everything: the front first, brokers last.
    @Override
    public void close() {
        front.close();
        probes.close();
        List<Thread> stops = nodes().stream()
                .map(node -> Thread.startVirtualThread(node::close))
                .toList();
        try {
            for (Thread stop : stops) {
                stop.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        backend.close();
        brokers.close();
    }

    private static void closeAll(List<AutoCloseable> parts) {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException("a part did not end well", e);
            }
        }
    }
}
