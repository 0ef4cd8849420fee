package ai.pathbound.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.ClusterSettings;
import ai.pathbound.projector.FollowSettings;
import ai.pathbound.projector.Projector;
import ai.pathbound.projector.ProjectorSettings;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.tables.TablesLimits;
import ai.pathbound.projector.topology.ProjectionTopology;
import ai.pathbound.sandbox.broker.BrokerProcess;
import ai.pathbound.sandbox.feed.FeedTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that was away while the deletes it should have learnt of were compacted away. Days are seconds
/// here.
final class AwayIT {
    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final Duration AWAY = Duration.ofSeconds(2);
    private static final String APPLICATION = "it";
    private static final TopicPartition CHANGELOG = new TopicPartition(
            APPLICATION + "-" + ProjectionTopology.STORE + "-changelog", 0);

    private final Path folder;
    private final BrokerProcess broker;

    AwayIT(@TempDir Path folder) {
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
    void nodeThatMissedDeletes_answersLikeAReplay() throws Exception {
        try (FeedSender sender = FeedSender.plain(broker.bootstrapServers())) {
            sender.contact("ct_ana", 1, "Aachen");
            sender.contact("ct_bea", 1, "Bonn");
            sender.event("evt_1", 1, "ct_ana");
            try (Projector away = start(APPLICATION, "away")) {
                awaitAll(away);
                assertThat(timeline(away, "ct_ana")).contains("evt_1");
            }
            compactQuickly();
            try (Projector other = start(APPLICATION, "other")) {
                sender.event("evt_1", 2, "ct_bea");
                awaitAll(other);
                assertThat(timeline(other, "ct_ana")).doesNotContain("evt_1");
                long end = end();
                int[] version = {3};
                Awaitility.await().atMost(WITHIN).until(() -> {
                    sender.contact("ct_filler", version[0]++, "Fulda");
                    return deletesBefore(end) == 0;
                });
            }
            try (Projector back = start(APPLICATION, "away");
                    Projector replay = start("replay", "replay")) {
                awaitAll(back);
                awaitAll(replay);
                for (String contact : List.of("ct_ana", "ct_bea")) {
                    assertThat(timeline(back, contact)).isEqualTo(timeline(replay, contact));
                }
                assertThat(timeline(back, "ct_ana")).doesNotContain("evt_1");
                assertThat(timeline(back, "ct_bea")).contains("evt_1");
            }
        }
    }

    private void compactQuickly() throws Exception {
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(
                    Map.of(
                            new ConfigResource(ConfigResource.Type.BROKER, ""),
                            List.of(set("log.cleaner.backoff.ms", "100")),
                            new ConfigResource(ConfigResource.Type.TOPIC, CHANGELOG.topic()),
                            List.of(
                                    set("segment.ms", "200"),
                                    set("min.cleanable.dirty.ratio", "0.01"))))
                    .all()
                    .get();
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private KafkaConsumer<byte[], byte[]> changelog() {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(CHANGELOG));
        consumer.seekToBeginning(List.of(CHANGELOG));
        return consumer;
    }

    private long end() {
        try (KafkaConsumer<byte[], byte[]> consumer = changelog()) {
            return consumer.endOffsets(List.of(CHANGELOG)).getOrDefault(CHANGELOG, 0L);
        }
    }

    private int deletesBefore(long end) {
        int deletes = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = changelog()) {
            while (consumer.position(CHANGELOG) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer
                        .poll(Duration.ofMillis(100))) {
                    if (record.value() == null && record.offset() < end) {
                        deletes++;
                    }
                }
            }
        }
        return deletes;
    }

    private static void awaitAll(Projector projector) {
        Instant now = Instant.now();
        Awaitility.await().atMost(WITHIN).until(() -> projector.holdsAllAsOf(now));
    }

    private static String timeline(Projector projector, String contact) {
        return projector.readModel()
                .ask(
                        FeedSender.TENANT,
                        new Question.ContactTimeline(contact, Question.TimeRange.ALL, 10,
                                Optional.empty())) instanceof Answer.Found found
                                        ? new String(found.json().utf8(), UTF_8)
                                        : "none";
    }

    private Projector start(String application, String name) throws InterruptedException {
        return Projector.start(
                new ProjectorSettings(broker.bootstrapServers(), application,
                        folder.resolve(name), 1, 32 << 20, TablesLimits.ofMemory(0), 64 << 20,
                        Map.of(), ClusterSettings.ALONE,
                        new FollowSettings(false, Duration.ofSeconds(1), 0, AWAY)));
    }
}
