package ai.pathbound.mcp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.pathbound.schemas.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// Records on their way to Kafka, over Kafka's own in-memory producer.
final class AuditTopicTest {
    private static final AuditRecord ATTEMPT = new AuditRecord(
            Instant.parse("2026-11-23T10:00:00Z"), "t1", "usr_1", "create_contact",
            "contact/ct_1", "done", Duration.ofMillis(12));
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final List<AuditRecord> logged = new CopyOnWriteArrayList<>();

    @Test
    void record_isKeyedByTenant_andHoldsNoContents() {
        MockProducer<String, String> producer = new MockProducer<>(true, null,
                new StringSerializer(), new StringSerializer());
        try (AuditTopic topic = new AuditTopic(() -> producer, 10, logged::add)) {
            topic.record(ATTEMPT);
            await().atMost(PATIENCE).until(() -> producer.history().size() == 1);
            assertThat(producer.history().getFirst().topic()).isEqualTo(Topics.AUDIT);
            assertThat(producer.history().getFirst().key()).isEqualTo("t1");
            assertThat(producer.history().getFirst().value()).isEqualTo(
                    "{\"v\":1,\"at\":\"2026-11-23T10:00:00Z\",\"tenant\":\"t1\","
                            + "\"user\":\"usr_1\",\"tool\":\"create_contact\","
                            + "\"target\":\"contact/ct_1\",\"outcome\":\"done\","
                            + "\"duration_ms\":12}");
        }
        assertThat(logged).isEmpty();
    }

    @Test
    void record_thatKafkaRefuses_goesToTheLog() {
        MockProducer<String, String> producer = new MockProducer<>(true, null,
                new StringSerializer(), new StringSerializer());
        producer.sendException = new TimeoutException("no metadata");
        try (AuditTopic topic = new AuditTopic(() -> producer, 10, logged::add)) {
            topic.record(ATTEMPT);
            await().atMost(PATIENCE).until(() -> logged.contains(ATTEMPT));
        }
    }

    @Test
    void withoutKafka_nobodyWaits_andNothingIsLost() {
        AuditSettings settings = new AuditSettings(5, DataSize.ofKilobytes(64));
        int attempts = 100;
        long begin = System.nanoTime();
        try (AuditTopic topic = AuditTopic
                .on("127.0.0.1:1", Map.of(), settings, logged::add)) {
            for (int i = 0; i < attempts; i++) {
                topic.record(ATTEMPT);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(1));
        }
        await().atMost(PATIENCE).until(() -> logged.size() == attempts);
    }
}
