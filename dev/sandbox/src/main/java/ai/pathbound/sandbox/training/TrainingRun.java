package ai.pathbound.sandbox.training;

import ai.pathbound.sandbox.Sandbox;
import ai.pathbound.sandbox.SandboxSettings;
import ai.pathbound.sandbox.broker.BrokerProcess;
import ai.pathbound.sandbox.cluster.Cluster;
import ai.pathbound.sandbox.cluster.ToolClient;
import ai.pathbound.sandbox.terminal.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// One short life of a node for the JVM to learn from: with a broker and a stand-in backend of its own
/// it follows a small history, answers each kind of question many times, and stops. On its way out the
/// JVM writes which classes it loaded and how they were used.
///
/// A training run and its cache are described in [JEP 483](https://openjdk.org/jeps/483),
/// [JEP 514](https://openjdk.org/jeps/514) and [JEP 515](https://openjdk.org/jeps/515).
final class TrainingRun {
    private static final int SEED = 1;
    private static final int CONTACTS = 200;
    private static final int COMPANIES = 30;
    private static final int EVENTS = 5_000;
    /// Enough for the paths of a question to be compiled, which is when their profiles are good.
    private static final int ROUNDS = 60;
    private static final Duration PUBLISHED_WITHIN = Duration.ofMinutes(2);
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    /// Stopping includes writing the cache, which takes ten seconds on two cores.
    private static final Duration WRITTEN_WITHIN = Duration.ofMinutes(3);
    private static final Duration LOOKED_EVERY = Duration.ofMillis(50);

    private final Path folder;
    private final Path brokerHome;
    private final List<String> command;

    /// @param folder an empty one, for data that is of no use later
    /// @param brokerHome the folder with the broker's jar and `lib/`
    /// @param command starts a node, as for production
    TrainingRun(Path folder, Path brokerHome, List<String> command) {
        this.folder = folder;
        this.brokerHome = brokerHome;
        this.command = command;
    }

    /// Writes the cache, whole or not at all. Throws [IllegalStateException] when the node does not do
    /// as it should.
    void write(Path cache) throws IOException, InterruptedException {
        Path written = cache.resolveSibling(cache.getFileName() + ".new");
        try {
            learn(written);
            if (Files.notExists(written)) {
                throw new IllegalStateException("the JVM has written no cache: " + lastLine());
            }
            Files.move(written, cache, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            // Also a node that failed has written what it had loaded.
            Files.deleteIfExists(written);
        }
    }

    private void learn(Path written) throws IOException, InterruptedException {
        Path kafka = folder.resolve("kafka");
        try (BrokerProcess broker = BrokerProcess.start(kafka, brokerHome, TrainingRun::silent);
                Sandbox backend = Sandbox.start(backend(broker.bootstrapServers()))) {
            backend.seed(TrainingRun::silent);
            backend.awaitPublished(PUBLISHED_WITHIN);
            int port = Ports.free();
            Process node = start(written, port, broker.bootstrapServers(), backend.baseUrl());
            URI endpoint = URI.create("http://127.0.0.1:" + port + "/mcp");
            try (ToolClient client = new ToolClient(endpoint, Cluster.KEYS.getFirst())) {
                awaitAnswers(node, client);
                ask(client);
                // As SIGTERM does.
                node.destroy();
                if (!node.waitFor(WRITTEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("the node does not stop");
                }
            } finally {
                node.destroyForcibly();
            }
        }
    }

    /// Half a minute needs no progress in detail.
    private static void silent(String progress) {}

    private SandboxSettings backend(String bootstrapServers) {
        return new SandboxSettings(folder.resolve("backend"), 0, bootstrapServers, 1, SEED,
                CONTACTS, COMPANIES, EVENTS, false, Clock.systemUTC());
    }

    private Process start(Path cache, int port, String bootstrapServers, URI backend)
            throws IOException {
        List<String> all = new ArrayList<>(command);
        all.add(1, "-XX:AOTCacheOutput=" + cache.toAbsolutePath());
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true)
                .redirectOutput(log().toFile());
        // What the user has set is meant for the node that is to serve.
        builder.environment().keySet().removeIf(name -> name.startsWith("PATHBOUND_"));
        builder.environment()
                .putAll(
                        Map.of(
                                "PATHBOUND_BIND",
                                "127.0.0.1",
                                "PATHBOUND_PORT",
                                Integer.toString(port),
                                "PATHBOUND_KAFKA",
                                bootstrapServers,
                                "PATHBOUND_BACKEND_URL",
                                backend.toString(),
                                "PATHBOUND_STATE_DIR",
                                folder.resolve("state").toString(),
                                "PATHBOUND_READS_PER_MINUTE",
                                "0",
                                "PATHBOUND_DRAIN",
                                "0s"));
        return builder.start();
    }

    private void awaitAnswers(Process node, ToolClient client)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        while (!answers(client)) {
            if (!node.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the node does not start: " + lastLine());
            }
            Thread.sleep(LOOKED_EVERY);
        }
    }

    private static boolean answers(ToolClient client) throws InterruptedException {
        try {
            return client.call("list_contacts", Map.of()).isAnswer();
        } catch (IOException _) {
            // Nobody listens yet.
            return false;
        }
    }

    /// The questions agents ask most, about entities that are there.
    private static void ask(ToolClient client) throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            JsonNode listed = client.call(
                    "list_contacts",
                    Map.of("sort_by", "email", "limit", 10, "page", 1 + round % 10))
                    .content();
            List<String> contacts = listed.findValuesAsString("contact_id");
            client.call("batch_get_details", Map.of("entity_type", "contacts", "ids", contacts));
            client.call("batch_get_activity", Map.of("contact_ids", contacts));
            client.call("list_companies", Map.of("sort_by", "name"));
            client.call("list_events", Map.of("limit", 20));
            client.call("get_event_stats", Map.of("interval", "day"));
            client.call("aggregate_data",
                    Map.of("entity", "events", "group_by", List.of("event")));
            for (String contact : contacts) {
                Map<String, Object> whose = Map.of("contact_id", contact);
                client.call("get_contact", whose);
                client.call("get_contact_timeline", whose);
                client.call("list_contact_notes", whose);
            }
        }
    }

    private Path log() {
        return folder.resolve("node.log");
    }

    /// The last thing the node has said before the JVM spoke of the cache.
    private String lastLine() throws IOException {
        return Files.readAllLines(log())
                .stream()
                .takeWhile(line -> !line.startsWith("Temporary AOTConfiguration"))
                .reduce((_, last) -> last)
                .orElse("it has said nothing");
    }
}
