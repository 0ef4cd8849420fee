package ai.pathbound.mcp.audit;

import ai.pathbound.schemas.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.ProducerListener;

/// Records attempts on the audit topic, keyed by tenant.
///
/// The producer waits for metadata and for room in its buffer, so it has a thread of its own and a
/// bounded queue in front. What Kafka does not take in time is written to the log instead: an attempt
/// is never lost silently, and no write ever waits for its record.
///
/// The records are JSON, not Avro: readers are people and log stores, none of them shares our
/// schemas, and the only compatibility needed is that members are added and never changed.
public final class AuditTopic implements AuditTrail, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTopic.class);
    private static final Duration BLOCKED_MAX = Duration.ofSeconds(5);
    private static final Duration DELIVERED_WITHIN = Duration.ofSeconds(60);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(2);

    private final ProducerFactory<String, String> producers;
    private final KafkaTemplate<String, String> kafka;
    private final AuditTrail otherwise;
    private final ThreadPoolExecutor sender;

    /// @param otherwise takes what Kafka does not
    AuditTopic(ProducerFactory<String, String> producers, int queueMax, AuditTrail otherwise) {
        this.producers = producers;
        this.otherwise = otherwise;
        kafka = new KafkaTemplate<>(producers);
        // Instead of one that logs each failure with a stack trace: we log the record.
        kafka.setProducerListener(new ProducerListener<>() {
        });
        sender = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(queueMax),
                Thread.ofPlatform().name("audit").daemon().factory());
    }

    /// A trail over a producer of its own, which is made with the first record.
    ///
    /// @param client further Kafka client settings, passed through as they are
    public static AuditTopic on(String bootstrapServers,
            Map<String, String> client,
            AuditSettings settings) {
        return on(bootstrapServers, client, settings, new AuditLog());
    }

    static AuditTopic on(String bootstrapServers,
            Map<String, String> client,
            AuditSettings settings,
            AuditTrail otherwise) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "pathbound-audit");
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, settings.bufferMax().toBytes());
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKED_MAX.toMillis());
        config.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Math.toIntExact(DELIVERED_WITHIN.toMillis()));
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        StringSerializer text = new StringSerializer();
        DefaultKafkaProducerFactory<String, String> producers = new DefaultKafkaProducerFactory<>(
                config, text, text);
        producers.setPhysicalCloseTimeout(Math.toIntExact(CLOSED_WITHIN.toSeconds()));
        return new AuditTopic(producers, settings.queueMax(), otherwise);
    }

    @Override
    public void record(AuditRecord attempt) {
        try {
            sender.execute(new Sending(attempt));
        } catch (RejectedExecutionException full) {
            otherwise.record(attempt);
        }
    }

    /// One record on its way.
    private final class Sending implements Runnable {
        private final AuditRecord attempt;

        Sending(AuditRecord attempt) {
            this.attempt = attempt;
        }

        @Override
        public void run() {
            try {
                var _ = kafka.send(Topics.AUDIT, attempt.tenant(), attempt.json())
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                instead(attempt, failure);
                            }
                        });
            } catch (RuntimeException failure) {
                instead(attempt, failure);
            }
        }
    }

    private void instead(AuditRecord attempt, Throwable failure) {
        LOG.warn("Kafka does not take the audit: {}", failure.toString());
        otherwise.record(attempt);
    }

    /// What is still waiting goes to the log.
    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(CLOSED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                logTheRest();
            }
        } catch (InterruptedException interrupted) {
            logTheRest();
            Thread.currentThread().interrupt();
        }
        producers.reset();
        kafka.destroy();
    }

    private void logTheRest() {
        for (Runnable left : sender.shutdownNow()) {
            if (left instanceof Sending sending) {
                otherwise.record(sending.attempt);
            }
        }
    }
}
