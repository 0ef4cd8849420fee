package ai.pathbound.sandbox.cluster;

import ai.pathbound.sandbox.Sandbox;
import ai.pathbound.sandbox.broker.BrokerCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.util.FileSystemUtils;

/// A running cluster on this machine: brokers, stand-in backend, nodes and the balancer. All but
/// backend and balancer are child JVMs, so that each can be killed like the real thing.
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

    private final BrokerCluster brokers;
    private final Sandbox backend;
    private final List<NodeProcess> nodes;
    private final Balancer balancer;

    private Cluster(BrokerCluster brokers,
            Sandbox backend,
            List<NodeProcess> nodes,
            Balancer balancer) {
        this.brokers = brokers;
        this.backend = backend;
        this.nodes = nodes;
        this.balancer = balancer;
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
            for (NodeSetup setup : setups(settings, brokers, backend)) {
                NodeProcess node = NodeProcess.start(setup);
                started.add(node);
                nodes.add(node);
                progress.accept("%s starts on %s, process %d"
                        .formatted(setup.name(), setup.url(), node.pid()));
            }
            var balancer = new Balancer(settings.port(),
                    nodes.stream().map(NodeProcess::url).toList());
            return new Cluster(brokers, backend, nodes, balancer);
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
        for (int number = 1; FileSystemUtils.deleteRecursively(nodeFolder(dataDir, number));) {
            number++;
        }
    }

    private static Path nodeFolder(Path dataDir, int number) {
        return dataDir.resolve("node-" + number);
    }

    private static List<NodeSetup> setups(ClusterSettings settings,
            BrokerCluster brokers,
            Sandbox backend) throws IOException {
        Map<String, String> common = new HashMap<>();
        common.put("pathbound.backend.url", backend.baseUrl().toString());
        common.put("pathbound.backend.limit.requests", "0");
        common.put("pathbound.limits.reads-per-minute", String.valueOf(READS));
        common.put("pathbound.limits.writes-per-minute", String.valueOf(WRITES));
        common.put("pathbound.limits.concurrent", "0");
        common.put("pathbound.limits.trusted-proxies", "1");
        common.put("pathbound.projector.bootstrap-servers", brokers.bootstrapServers());
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        Map<String, String> environment = Map.of(
                "PATHBOUND_NODE_SECRET",
                HexFormat.of().formatHex(secret));
        List<NodeSetup> setups = new ArrayList<>();
        // One for clients and one for the other nodes, each.
        List<Integer> ports = freePorts(2 * settings.nodes());
        for (int number = 1; number <= settings.nodes(); number++) {
            int internal = ports.get(settings.nodes() + number - 1);
            Map<String, String> own = new HashMap<>(common);
            own.put("pathbound.nodes.bind", "127.0.0.1");
            own.put("pathbound.nodes.address", settings.hostOfNodes() + ":" + internal);
            own.putAll(settings.nodeSettings());
            setups.add(new NodeSetup("node-" + number, nodeFolder(settings.dataDir(), number),
                    ports.get(number - 1), own, environment));
        }
        return setups;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            // All at once, or the system may hand out the same port twice.
            for (int i = 0; i < count; i++) {
                var socket = new ServerSocket();
                held.add(socket);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    /// Waits until every change that was in Kafka at this instant can be read through the balancer.
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
        for (NodeProcess node : nodes()) {
            if (!node.isAlive()) {
                throw new IllegalStateException(
                        node.setup().name() + " has ended; its log is " + node.setup().log());
            }
        }
    }

    /// The MCP endpoint, at the balancer.
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + balancer.port() + "/mcp");
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

    /// How many nodes the balancer sends requests to.
    public int nodesReady() {
        return balancer.ready().size();
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

    /// Stops everything: balancer first, brokers last.
    @Override
    public void close() {
        balancer.close();
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
