package ai.pathbound.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import ai.pathbound.sandbox.cluster.NodeProcess;
import ai.pathbound.sandbox.cluster.NodeSetup;
import ai.pathbound.sandbox.cluster.ToolClient;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.kafka.KafkaContainer;

/// From the backend's truth to an agent's answer, over the Kafka of the public image instead of one built
/// from our own libraries. Skipped where there is no container engine, or no such image.
final class ContainerBrokerIT {
    /// The version the project is built with (kafka.version in pom.xml).
    private static final String IMAGE = "apache/kafka:4.3.1";
    private static final Duration WITHIN = Duration.ofMinutes(3);
    private static final String KEY = "sk_demo_acme";

    @Test
    void whatTheBackendHolds_isAnswered_overAContainerisedBroker(@TempDir Path folder)
            throws Exception {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            abort("skipped: no container engine can be reached");
        }
        try (KafkaContainer kafka = new KafkaContainer(IMAGE)) {
            start(kafka);
            var settings = new SandboxSettings(Files.createDirectories(folder.resolve("backend")),
                    0,
                    kafka.getBootstrapServers(), 2, 7, 200, 30, 2_000, false, Clock.systemUTC());
            try (Sandbox sandbox = Sandbox.start(settings);
                    Rest rest = new Rest(sandbox.baseUrl(), KEY)) {
                sandbox.seed(_ -> {
                });
                sandbox.awaitPublished(WITHIN);
                answersAgree(folder, kafka.getBootstrapServers(), sandbox, rest);
            }
        }
    }

    private static void start(KafkaContainer kafka) {
        try {
            kafka.start();
        } catch (ContainerFetchException e) {
            abort("skipped: the image " + IMAGE + " cannot be had: " + e.getMessage());
        } catch (ContainerLaunchException e) {
            if (e.getCause() instanceof ContainerFetchException) {
                abort("skipped: the image " + IMAGE + " cannot be had: " + e.getMessage());
            }
            throw e;
        }
    }

    private static void answersAgree(Path folder, String kafka, Sandbox sandbox, Rest rest)
            throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var setup = new NodeSetup("node", folder.resolve("node"), port,
                Map.of(
                        "pathbound.backend.url",
                        sandbox.baseUrl().toString(),
                        "pathbound.projector.bootstrap-servers",
                        kafka),
                Map.of());
        Instant published = Instant.now();
        try (NodeProcess node = NodeProcess.start(setup);
                ToolClient client = new ToolClient(node.url().resolve("/mcp"), KEY)) {
            Awaitility.await()
                    .atMost(WITHIN)
                    .ignoreExceptions()
                    .until(
                            () -> client.call("list_contacts", Map.of("count_only", true))
                                    .asOf()
                                    .filter(asOf -> asOf.isAfter(published))
                                    .isPresent());
            for (String list : new String[]{"contacts", "companies", "events"}) {
                assertThat(
                        client.call("list_" + list, Map.of("count_only", true))
                                .content()
                                .path("count")
                                .asLong())
                        .as(list)
                        .isEqualTo(
                                rest.get("/" + list + "?count_only=true")
                                        .body()
                                        .path("count")
                                        .asLong());
            }
        }
    }
}
