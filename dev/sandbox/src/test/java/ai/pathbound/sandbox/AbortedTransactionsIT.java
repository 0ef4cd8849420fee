package ai.pathbound.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.ClusterSettings;
import ai.pathbound.projector.FollowSettings;
import ai.pathbound.projector.Projector;
import ai.pathbound.projector.ProjectorSettings;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Terms;
import ai.pathbound.projector.routing.NodeAddress;
import ai.pathbound.projector.tables.TablesLimits;
import ai.pathbound.sandbox.broker.BrokerProcess;
import ai.pathbound.sandbox.feed.FeedTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A backend that publishes in transactions: only what it committed happened, for owners and standbys,
/// with both guarantees; and the offsets its transactions leave without records keep no answer waiting.
final class AbortedTransactionsIT {
    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private final Path folder;
    private final BrokerProcess broker;

    AbortedTransactionsIT(@TempDir Path folder) {
        this.folder = folder;
        broker = BrokerProcess.start(folder.resolve("broker"), HOME, _ -> {
        });
        new FeedTopics(broker.bootstrapServers(), 1).ensure();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void abortedChanges_areNeverSeen() throws Exception {
        try (FeedSender sender = FeedSender.transactional(broker.bootstrapServers());
                Projector owner = start("least", "first", false, 7001);
                Projector standby = start("least", "second", false, 7002);
                Projector once = start("once", "third", true, 7003)) {
            sender.begin();
            sender.contact("ct_ana", 1, "Aachen");
            sender.contact("ct_bea", 1, "Bonn");
            sender.commit();
            sender.begin();
            sender.contact("ct_ana", 2, "nowhere");
            sender.deleteContact("ct_bea", 2);
            sender.abort();
            List<Projector> all = List.of(owner, standby, once);
            all.forEach(AbortedTransactionsIT::awaitCaughtUp);
            all.forEach(node -> {
                assertThat(contact(node, "ct_ana")).contains("Aachen");
                assertThat(contact(node, "ct_bea")).contains("Bonn");
            });
            sender.begin();
            sender.contact("ct_ana", 2, "Ansbach");
            sender.commit();
            all.forEach(
                    node -> Awaitility.await()
                            .atMost(WITHIN)
                            .untilAsserted(
                                    () -> assertThat(contact(node, "ct_ana"))
                                            .contains("Ansbach")));
            all.forEach(AbortedTransactionsIT::awaitCaughtUp);
        }
    }

    /// Changes before now are readable there, though the topic ends with offsets without records.
    private static void awaitCaughtUp(Projector node) {
        Instant now = Instant.now();
        Awaitility.await()
                .atMost(WITHIN)
                .until(
                        () -> ask(node, "ct_ana")
                                .filter(found -> found.freshness().caughtUp())
                                .filter(found -> !found.freshness().asOf().isBefore(now))
                                .isPresent());
    }

    private static String contact(Projector node, String id) {
        return ask(node, id).map(found -> new String(found.json().utf8(), UTF_8)).orElse("");
    }

    private static Optional<Answer.Found> ask(Projector node, String id) {
        return node.localReads()
                .ask(
                        FeedSender.TENANT,
                        new Question.GetContact(id),
                        new Terms(Duration.ofSeconds(5), Optional.of(Duration.ofSeconds(30))))
                .filter(Answer.Found.class::isInstance)
                .map(Answer.Found.class::cast);
    }

    /// The address is only named, it is never called.
    private Projector start(String application, String name, boolean exactlyOnce, int port)
            throws InterruptedException {
        return Projector.start(
                new ProjectorSettings(broker.bootstrapServers(), application,
                        folder.resolve(name), 1, 32 << 20, TablesLimits.ofMemory(0), 64 << 20,
                        Map.of(),
                        new ClusterSettings(Optional.of(new NodeAddress("localhost", port)), 1),
                        new FollowSettings(exactlyOnce, Duration.ofSeconds(6), 0)));
    }
}
