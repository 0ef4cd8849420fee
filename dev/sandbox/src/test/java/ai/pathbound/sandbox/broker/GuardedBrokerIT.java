package ai.pathbound.sandbox.broker;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.Projector;
import ai.pathbound.projector.ProjectorSettings;
import ai.pathbound.schemas.topics.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settings of the Kafka clients reach every client of a projector: the broker asks for a password.
final class GuardedBrokerIT {
    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final Duration WITHIN = Duration.ofMinutes(3);
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule"
            + " required username=\"%s\" password=\"%s\"%s;";
    private static final Map<String, String> CREDENTIALS = Map.of(
            "security.protocol",
            "SASL_PLAINTEXT",
            "sasl.mechanism",
            "PLAIN",
            "sasl.jaas.config",
            PLAIN.formatted("node", "of the node", ""));

    @Test
    void password_isGivenByEachClient(@TempDir Path folder) throws Exception {
        BrokerAddress address = BrokerAddress.claim(folder.resolve("address"));
        Path settings = folder.resolve("server.properties");
        Files.writeString(settings, guarded(address, folder.resolve("kafka")));
        Process broker = new ProcessBuilder(new BrokerHome(HOME).command(settings))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("broker.out").toFile())
                .start();
        try {
            createTopics(address.bootstrapServers());
            try (Projector projector = Projector.start(
                    new ProjectorSettings(address.bootstrapServers(), "guarded",
                            folder.resolve("state"), 1, 32 << 20, CREDENTIALS))) {
                Instant now = Instant.now();
                Awaitility.await().atMost(WITHIN).until(() -> projector.holdsAllAsOf(now));
                assertThat(projector.isReady()).isTrue();
            }
        } finally {
            assertThat(broker.destroyForcibly().waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    /// The usual settings, with a password at the door.
    private static String guarded(BrokerAddress address, Path data) {
        return BrokerSettings.text(List.of(address), 1, data)
                .replace("=PLAINTEXT", "=SASL_PLAINTEXT")
                + """
                        listener.security.protocol.map=SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
                        sasl.enabled.mechanisms=PLAIN
                        sasl.mechanism.inter.broker.protocol=PLAIN
                        listener.name.sasl_plaintext.plain.sasl.jaas.config=%s
                        """
                        .formatted(
                                PLAIN.formatted(
                                        "broker",
                                        "of the broker",
                                        " user_broker=\"of the broker\" user_node=\"of the node\""));
    }

    private static void createTopics(String bootstrapServers) {
        Map<String, Object> client = Stream
                .concat(
                        CREDENTIALS.entrySet().stream(),
                        Stream.of(Map.entry("bootstrap.servers", bootstrapServers)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<NewTopic> topics = Stream
                .concat(Topics.CHANGES.stream(), Stream.of(Topics.DEAD_LETTERS))
                .map(topic -> new NewTopic(topic, Optional.of(2), Optional.empty()))
                .toList();
        try (Admin admin = Admin.create(client)) {
            Awaitility.await().atMost(WITHIN).ignoreExceptions().until(() -> {
                admin.createTopics(topics).all().get();
                return true;
            });
        }
    }
}
