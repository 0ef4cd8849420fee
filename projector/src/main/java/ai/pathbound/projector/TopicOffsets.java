package ai.pathbound.projector;

import ai.pathbound.projector.freshness.EndOffsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Offsets of the change topics from the brokers, as a consumer sees them that reads committed records
/// only. One thread at a time.
final class TopicOffsets implements EndOffsets, AutoCloseable {
    private static final Duration LOOK_WITHIN = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Admin admin;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private @Nullable Consumer<byte[], byte[]> consumer;

    /// @param client settings of Kafka clients, brokers among them
    TopicOffsets(Admin admin, Map<String, Object> client) {
        this.admin = admin;
        consumers = () -> new KafkaConsumer<>(reading(client), new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static Map<String, Object> reading(Map<String, Object> client) {
        Map<String, Object> all = new HashMap<>(client);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, StreamsSettings.ISOLATION);
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // What was removed at the beginning of a topic holds no records.
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // Only the first offset is of interest.
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 10);
        all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        return all;
    }

    @Override
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(
                        partitions.stream()
                                .collect(
                                        Collectors.toMap(
                                                Function.identity(),
                                                _ -> OffsetSpec.latest())),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(
                        Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    @Override
    public Map<TopicPartition, Long> firstRecords(Map<TopicPartition, Long> from) {
        Consumer<byte[], byte[]> reader = consumer == null ? consumers.get() : consumer;
        consumer = reader;
        reader.assign(from.keySet());
        from.forEach(reader::seek);
        Map<TopicPartition, Long> ends = reader.endOffsets(from.keySet());
        Map<TopicPartition, Long> first = new HashMap<>();
        Set<TopicPartition> open = new HashSet<>(from.keySet());
        long end = System.nanoTime() + LOOK_WITHIN.toNanos();
        while (!open.isEmpty() && System.nanoTime() < end) {
            reader.poll(POLL).forEach(record -> {
                var partition = new TopicPartition(record.topic(), record.partition());
                first.putIfAbsent(partition, record.offset());
                open.remove(partition);
                reader.pause(List.of(partition));
            });
            open.removeIf(
                    partition -> reader.position(partition) >= ends
                            .getOrDefault(partition, Long.MAX_VALUE));
        }
        for (TopicPartition partition : from.keySet()) {
            // No record was given up to here.
            first.computeIfAbsent(partition, reader::position);
        }
        reader.unsubscribe();
        return first;
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close();
        }
    }
}
