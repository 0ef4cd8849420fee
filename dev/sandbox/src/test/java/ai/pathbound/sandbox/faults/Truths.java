package ai.pathbound.sandbox.faults;

import static org.awaitility.Awaitility.await;

import ai.pathbound.projector.state.Change;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.codec.UnreadableChangeException;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import ai.pathbound.schemas.topics.TenantPartitioner;
import ai.pathbound.schemas.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// What the change topics say, found in the slow and obvious way: all records are read from the
/// beginning by a plain consumer, and of each entity the newest change counts, a delete for good.
/// Shares the codec with the projector, and nothing else.
final class Truths {
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private final Map<ChangeKey, Newest> newest = new HashMap<>();
    private final int partitions;
    private long refused;

    /// An entity's newest change and the bytes it came in.
    static final class Newest {
        private final Change change;
        private final byte[] bytes;

        Newest(Change change, byte[] bytes) {
            this.change = change;
            this.bytes = bytes;
        }

        Change change() {
            return change;
        }

        /// As they came; not a copy.
        byte[] bytes() {
            return bytes;
        }

        boolean isDelete() {
            return change.isDelete();
        }
    }

    private Truths(int partitions) {
        this.partitions = partitions;
    }

    /// Reads all that is in the topics now.
    static Truths read(String bootstrapServers) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = Topics.CHANGES.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Truths truths = new Truths(all.size() / Topics.CHANGES.size());
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            await().atMost(WITHIN).pollInterval(Duration.ofMillis(1)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(truths::take);
                return all.stream().allMatch(p -> consumer.position(p) >= ends.getOrDefault(p, 0L));
            });
            return truths;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Optional<ChangeKey> key = key(record);
        if (key.isEmpty()
                || record.value().length + record.key().length > Topics.CHANGE_BYTES_MAX) {
            refused++;
            return;
        }
        try {
            Change change = Change.decode(key.get().kind(), record.value());
            newest.merge(key.get(), new Newest(change, record.value()), Truths::stronger);
        } catch (UnreadableChangeException e) {
            refused++;
        }
    }

    private Optional<ChangeKey> key(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(ChangeKey.parse(record.key()))
                    .filter(key -> key.kind().topic().equals(record.topic()))
                    .filter(
                            key -> TenantPartitioner.partition(key.tenant(), partitions) == record
                                    .partition());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Newest stronger(Newest one, Newest other) {
        if (one.isDelete() || other.isDelete()) {
            return one.isDelete() ? one : other;
        }
        return one.change().version() >= other.change().version() ? one : other;
    }

    /// How many records nobody could apply.
    long refused() {
        return refused;
    }

    /// Ids of the tenant's entities that are there.
    Set<String> ids(String tenant, EntityKind kind) {
        return newest.entrySet()
                .stream()
                .filter(entry -> entry.getKey().tenant().equals(tenant))
                .filter(entry -> entry.getKey().kind() == kind && !entry.getValue().isDelete())
                .map(entry -> entry.getKey().id())
                .collect(Collectors.toSet());
    }

    /// Every entity that was ever heard of, without those that hung on one that is deleted: these go
    /// some time later.
    Map<ChangeKey, Newest> settled() {
        return newest.entrySet()
                .stream()
                .filter(entry -> !isOrphan(entry.getKey(), entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private boolean isOrphan(ChangeKey key, Newest entity) {
        return switch (entity.change().body()) {
            case ContactNote note -> isDeleted(key, EntityKind.CONTACT, note.getContactId());
            case Conversation talk -> isDeleted(key, EntityKind.CONTACT, talk.getContactId());
            case Message message -> isDeleted(key, EntityKind.CONTACT, message.getContactId());
            case CompanyNote note -> isDeleted(key, EntityKind.COMPANY, note.getCompanyId());
            default -> false;
        };
    }

    private boolean isDeleted(ChangeKey of, EntityKind kind, String id) {
        Newest owner = newest.get(new ChangeKey(of.tenant(), kind, id));
        return owner != null && owner.isDelete();
    }
}
