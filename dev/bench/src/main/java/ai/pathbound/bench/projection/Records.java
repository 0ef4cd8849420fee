package ai.pathbound.bench.projection;

import ai.pathbound.sandbox.feed.FeedProducers;
import ai.pathbound.sandbox.feed.FeedTopics;
import ai.pathbound.sandbox.seed.Generator;
import ai.pathbound.sandbox.seed.SeedPlan;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/// The changes of several tenants in the change topics, with the demo's mix of entities.
final class Records {
    static final int PARTITIONS = 4;
    static final List<String> TENANTS = IntStream.range(0, 8)
            .mapToObj(number -> "tenant" + number)
            .toList();

    private static final long SEED = 42;
    private static final Instant ANCHOR = Instant.parse("2026-11-01T00:00:00Z");

    private Records() {}

    /// Makes the topics and fills them; returns the number of records.
    static long produce(String bootstrapServers, int events)
            throws InterruptedException, ExecutionException {
        new FeedTopics(bootstrapServers, PARTITIONS).ensure();
        AtomicLong sent = new AtomicLong();
        AtomicReference<Future<RecordMetadata>> last = new AtomicReference<>();
        try (Producer<byte[], byte[]> producer = FeedProducers.connect(bootstrapServers)) {
            int each = events / TENANTS.size();
            for (String tenant : TENANTS) {
                SeedPlan plan = new SeedPlan(SEED, tenant, each / 25, each / 150, each, ANCHOR);
                new Generator(plan).generate(change -> {
                    last.set(
                            producer.send(
                                    new ProducerRecord<>(change.key().kind().topic(),
                                            change.key().toBytes(), change.encode())));
                    sent.incrementAndGet();
                });
            }
            producer.flush();
            last.get().get();
        }
        return sent.get();
    }
}
