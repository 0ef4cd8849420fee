package ai.pathbound.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pathbound.projector.CannotStartException;
import ai.pathbound.projector.Projector;
import ai.pathbound.sandbox.broker.BrokerProcess;
import ai.pathbound.schemas.topics.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Topics that are not what the projected state was made from.
final class RecreatedTopicIT {
    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final Path folder;
    private final BrokerProcess broker;

    RecreatedTopicIT(@TempDir Path folder) {
        this.folder = folder;
        broker = BrokerProcess.start(folder.resolve("broker"), HOME, _ -> {
        });
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void missingOrUnequalTopics_areRefusedAtTheStart() throws Exception {
        assertThatThrownBy(this::start).isInstanceOf(CannotStartException.class)
                .hasMessageContaining(Topics.CONTACT_CHANGES);
        try (Admin admin = admin()) {
            create(admin, Topics.CONTACT_CHANGES, 2);
            create(admin, Topics.COMPANY_CHANGES, 2);
            create(admin, Topics.EVENT_CHANGES, 3);
            create(admin, Topics.DEAD_LETTERS, 1);
        }
        assertThatThrownBy(this::start).isInstanceOf(CannotStartException.class)
                .hasMessageContaining("equal partition counts");
    }

    @Test
    void topicThatIsMadeAnew_stopsTheProjector_andNoChangeIsSkipped() throws Exception {
        var settings = new SandboxSettings(folder.resolve("backend"), 0, broker.bootstrapServers(),
                2, 7, 20, 10, 100, false, Clock.systemUTC());
        try (Sandbox sandbox = Sandbox.start(settings)) {
            sandbox.seed(_ -> {
            });
            sandbox.awaitPublished(WITHIN);
        }
        try (Projector projector = start(); Admin admin = admin()) {
            Instant now = Instant.now();
            Awaitility.await().atMost(WITHIN).until(() -> projector.holdsAllAsOf(now));
            admin.deleteTopics(List.of(Topics.EVENT_CHANGES)).all().get();
            Awaitility.await().atMost(WITHIN).ignoreExceptions().until(() -> {
                create(admin, Topics.EVENT_CHANGES, 2);
                return true;
            });
            Awaitility.await().atMost(WITHIN).until(projector::isDead);
            assertThat(projector.isReady()).isFalse();
            assertThat(projector.stopped()).isPresent();
        }
        assertThatThrownBy(this::start).isInstanceOf(CannotStartException.class)
                .hasMessageContaining(Topics.EVENT_CHANGES)
                .hasMessageContaining("deleted and created again")
                .hasMessageContaining("./pathbound rebuild");
    }

    private Projector start() throws InterruptedException {
        return Projector.start(
                FollowingProjector
                        .settings(broker.bootstrapServers(), "it", folder.resolve("state")));
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static void create(Admin admin, String topic, int partitions) throws Exception {
        admin.createTopics(
                Collections.singleton(
                        new NewTopic(topic, Optional.of(partitions), Optional.empty())))
                .all()
                .get();
    }
}
