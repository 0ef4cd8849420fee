package ai.pathbound.sandbox;

import static org.awaitility.Awaitility.await;

import ai.pathbound.schemas.change.CompanyChange;
import ai.pathbound.schemas.change.ContactChange;
import ai.pathbound.schemas.change.EventChange;
import ai.pathbound.schemas.codec.ChangeCodec;
import ai.pathbound.schemas.codec.UnreadableChangeException;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The change topics as a plain consumer sees them.
final class Feed {
    private Feed() {}

    /// One change on the feed.
    record Entry(String topic, int partition, ChangeKey key, long version, Object body) {
        String id() {
            return key.id();
        }
    }

    /// All changes up to now, each partition in its order.
    static List<Entry> read(String bootstrapServers) {
        Map<String, Object> config = Map
                .of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        List<Entry> entries = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = Topics.CHANGES.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> entries.add(entry(record)));
                return partitions.stream()
                        .allMatch(p -> consumer.position(p) >= ends.getOrDefault(p, 0L));
            });
        }
        return entries;
    }

    private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
        ChangeKey key = ChangeKey.parse(record.key());
        try {
            return switch (record.topic()) {
                case Topics.CONTACT_CHANGES -> {
                    ContactChange change = ChangeCodec.CONTACT.decode(record.value());
                    yield new Entry(record.topic(), record.partition(), key, change.getVersion(),
                            change.getBody());
                }
                case Topics.COMPANY_CHANGES -> {
                    CompanyChange change = ChangeCodec.COMPANY.decode(record.value());
                    yield new Entry(record.topic(), record.partition(), key, change.getVersion(),
                            change.getBody());
                }
                default -> {
                    EventChange change = ChangeCodec.EVENT.decode(record.value());
                    yield new Entry(record.topic(), record.partition(), key, change.getVersion(),
                            change.getBody());
                }
            };
        } catch (UnreadableChangeException e) {
            throw new IllegalStateException(key + " cannot be read", e);
        }
    }
}
