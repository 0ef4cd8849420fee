package ai.pathbound.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pathbound.projector.CannotStartException;
import ai.pathbound.projector.Projector;
import ai.pathbound.projector.ProjectorSettings;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.topology.RowFormat;
import ai.pathbound.projector.topology.StopReason;
import ai.pathbound.sandbox.broker.BrokerProcess;
import ai.pathbound.sandbox.feed.FeedTopics;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import ai.pathbound.schemas.topics.TenantPartitioner;
import ai.pathbound.schemas.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/// Change topics that change under a projector, and state of an earlier row format.
final class SourcesIT {
    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final Duration WITHIN = Duration.ofSeconds(90);
    private static final int PARTITIONS = 2;
    private static final TopicPartition CONTACTS = new TopicPartition(Topics.CONTACT_CHANGES,
            TenantPartitioner.partition(FeedSender.TENANT, PARTITIONS));

    private final Path folder;
    private BrokerProcess broker;

    SourcesIT(@TempDir Path folder) {
        this.folder = folder;
        broker = startBroker();
        new FeedTopics(broker.bootstrapServers(), PARTITIONS).ensure();
        try (FeedSender sender = FeedSender.plain(broker.bootstrapServers())) {
            sender.contact("ct_ana", 1, "Aachen");
            sender.event("evt_1", 1, "ct_ana");
        }
    }

    private BrokerProcess startBroker() {
        return BrokerProcess.start(folder.resolve("broker"), HOME, _ -> {
        });
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void partitionsThatAreAdded_stopTheProjector_andMakeNoDeadLetters() throws Exception {
        try (Projector projector = start("state"); Admin admin = admin()) {
            awaitAll(projector);
            admin.createPartitions(
                    Map.of(Topics.CONTACT_CHANGES, NewPartitions.increaseTo(PARTITIONS + 1)))
                    .all()
                    .get();
            // As a producer does that knows of the new partitions.
            misplaced();
            awaitStopped(projector, StopReason.PARTITIONS_CHANGED);
            assertThat(letters(admin)).isZero();
        }
        assertThatThrownBy(() -> start("state")).isInstanceOf(CannotStartException.class)
                .hasMessageContaining("equal partition counts")
                .hasMessageContaining("./pathbound rebuild");
    }

    @Test
    void topicThatLosesItsNewestRecords_stopsTheProjector_andItDoesNotStartAgain()
            throws Exception {
        broker.close();
        Path log = folder.resolve("broker").resolve("kafka").resolve(CONTACTS.toString());
        FileSystemUtils.copyRecursively(log, folder.resolve("backup"));
        broker = startBroker();
        try (FeedSender sender = FeedSender.plain(broker.bootstrapServers())) {
            for (int version = 2; version < 10; version++) {
                sender.contact("ct_ana", version, "Aachen " + version);
            }
        }
        try (Projector projector = start("state")) {
            awaitAll(projector);
            broker.close();
            restore(log);
            broker = startBroker();
            awaitStopped(projector, StopReason.TOPIC_TRUNCATED);
        }
        assertThatThrownBy(() -> start("state")).isInstanceOf(CannotStartException.class)
                .hasMessageContaining("lost its newest records")
                .hasMessageContaining("./pathbound rebuild");
    }

    @Test
    void stateOfAnEarlierRowFormat_isLeftAlone_andTheNextOneAnswersTheSame() throws Exception {
        RowFormat next = new RowFormat(RowFormat.CURRENT.version() + 1);
        String answer;
        try (Projector earlier = start("state")) {
            awaitAll(earlier);
            answer = answer(earlier);
            // Nodes of both versions at once, each with state of its own.
            try (Projector other = Projector.start(settings("elsewhere"), next)) {
                awaitAll(other);
                assertThat(answer(other)).isEqualTo(answer);
                assertThat(answer(earlier)).isEqualTo(answer);
                assertThat(earlier.isReady()).isTrue();
            }
        }
        // The same node, upgraded; and back again.
        try (Projector upgraded = Projector.start(settings("state"), next)) {
            awaitAll(upgraded);
            assertThat(answer(upgraded)).isEqualTo(answer);
        }
        try (Projector back = start("state")) {
            awaitAll(back);
            assertThat(answer(back)).isEqualTo(answer);
        }
    }

    private void restore(Path log) throws IOException {
        FileSystemUtils.deleteRecursively(log);
        FileSystemUtils.copyRecursively(folder.resolve("backup"), log);
    }

    /// A record in a partition that is not its tenant's, as long as there are so many.
    private void misplaced() throws Exception {
        byte[] key = new ChangeKey(FeedSender.TENANT,
                EntityKind.CONTACT, "ct_moved").toBytes();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(), new ByteArraySerializer())) {
            int wrong = (CONTACTS.partition() + 1) % PARTITIONS;
            producer.send(
                    new ProducerRecord<>(CONTACTS.topic(), wrong, key, "anything".getBytes(UTF_8)))
                    .get();
        }
    }

    private static void awaitStopped(Projector projector, StopReason reason) {
        Awaitility.await().atMost(WITHIN).until(() -> projector.stopped().isPresent());
        assertThat(projector.stopped()).contains(reason);
        assertThat(projector.isReady()).isFalse();
        assertThat(projector.readModel().ask(FeedSender.TENANT, new Question.EventTypes()))
                .isEqualTo(new Answer.Stopped());
        Awaitility.await().atMost(WITHIN).until(projector::isDead);
    }

    private static long letters(Admin admin) throws Exception {
        var letters = new TopicPartition(Topics.DEAD_LETTERS, 0);
        return admin.listOffsets(Map.of(letters, OffsetSpec.latest()))
                .partitionResult(letters)
                .get()
                .offset();
    }

    private static void awaitAll(Projector projector) {
        Instant now = Instant.now();
        Awaitility.await().atMost(WITHIN).until(() -> projector.holdsAllAsOf(now));
    }

    private static String answer(Projector projector) {
        StringBuilder all = new StringBuilder();
        for (Question question : List
                .of(new Question.GetContact("ct_ana"), new Question.EventTypes())) {
            all.append(
                    projector.readModel()
                            .ask(FeedSender.TENANT, question) instanceof Answer.Found found
                                    ? new String(found.json().utf8(), UTF_8)
                                    : "none");
        }
        assertThat(all).contains("Aachen").contains("page_view");
        return all.toString();
    }

    private ProjectorSettings settings(String state) {
        return FollowingProjector
                .settings(broker.bootstrapServers(), "it", folder.resolve(state));
    }

    private Projector start(String state) throws InterruptedException {
        return Projector.start(settings(state));
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }
}
