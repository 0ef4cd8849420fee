package ai.pathbound.projector.topology;

import ai.pathbound.projector.projection.Projection;
import ai.pathbound.projector.projection.Sweep;
import ai.pathbound.projector.rocks.PartitionStore;
import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.state.Change;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.projector.state.Progress;
import ai.pathbound.schemas.change.DeadLetter;
import ai.pathbound.schemas.change.DeadLetterReason;
import ai.pathbound.schemas.codec.ChangeCodec;
import ai.pathbound.schemas.codec.UnreadableChangeException;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.TenantPartitioner;
import ai.pathbound.schemas.topics.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies the changes of one partition: check, compute all rows, write them with the progress row
/// last, in one batch. A record at or below the stored progress was applied before and is skipped; a
/// record nobody can apply goes to the dead letters with its position.
final class ChangeProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger log = LoggerFactory.getLogger(ChangeProcessor.class);
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);
    private static final int SWEEP_ENTITIES_MAX = 500;

    private final ProjectionContext projectionContext;
    private final @Nullable Progress[] progress = new Progress[Topics.CHANGES.size()];
    private final Uuid[] topicIds = new Uuid[Topics.CHANGES.size()];
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable KeyValueStore<Bytes, byte[]> store;
    private @Nullable Projection projection;

    ChangeProcessor(ProjectionContext projectionContext) {
        this.projectionContext = projectionContext;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        KeyValueStore<Bytes, byte[]> opened = context.getStateStore(ProjectionTopology.STORE);
        store = opened;
        projection = new Projection(opened);
        Map<String, Uuid> current = projectionContext.topicIds().get();
        List<Long> applied = new ArrayList<>();
        for (int topic = 0; topic < progress.length; topic++) {
            String name = Topics.CHANGES.get(topic);
            Progress stored = Progress.of(opened.get(Bytes.wrap(Keys.progress(topic))));
            topicIds[topic] = current.getOrDefault(name, Uuid.ZERO_UUID);
            // Offsets of another topic of the same name would make us skip changes.
            if (stored != null && !stored.topicId().equals(topicIds[topic])) {
                throw new RecreatedTopicException(name, stored.topicId(), topicIds[topic]);
            }
            progress[topic] = stored;
            applied.add(stored == null ? -1 : stored.offset());
        }
        projectionContext.listener().started(context.taskId().partition(), applied);
        Sweep sweep = new Sweep(opened);
        context.schedule(
                SWEEP_EVERY,
                PunctuationType.WALL_CLOCK_TIME,
                now -> sweep.run(SWEEP_ENTITIES_MAX));
    }

    @Override
    public void close() {
        if (context != null) {
            projectionContext.listener().stopped(context.taskId().partition());
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        ProcessorContext<byte[], byte[]> current = Objects.requireNonNull(context);
        RecordMetadata position = current.recordMetadata().orElseThrow();
        int topic = Topics.CHANGES.indexOf(position.topic());
        Progress before = progress[topic];
        if (before != null && position.offset() <= before.offset()) {
            repeatDeadLetter(current, record, position);
            return;
        }
        List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
        long newestMillis = before == null ? Long.MIN_VALUE : before.newestMillis();
        Applied applied = Applied.NOTHING;
        try {
            applied = rowsOf(record, position, rows);
            newestMillis = Math.max(newestMillis, applied.occurredMillis());
        } catch (RefusedChange refused) {
            rows.clear();
            current.forward(deadLetter(record, position, refused), ProjectionTopology.DEAD_LETTERS);
        }
        Progress after = new Progress(topicIds[topic],
                position.offset(), newestMillis);
        rows.add(KeyValue.pair(Bytes.wrap(Keys.progress(topic)), after.row()));
        Objects.requireNonNull(store).putAll(rows);
        progress[topic] = after;
        commitEarly(current);
        projectionContext.listener().applied(position.partition(), topic, position.offset());
        if (applied.key() != null) {
            projectionContext.listener().visible(applied.key(), applied.version());
        }
    }

    /// A redelivered record was applied before, but the dead letter of a refused one may not have
    /// reached its topic when we died: it is sent once more.
    private void repeatDeadLetter(ProcessorContext<byte[], byte[]> current,
            Record<byte[], byte[]> record,
            RecordMetadata position) {
        try {
            rowsOf(record, position, new ArrayList<>());
        } catch (RefusedChange refused) {
            current.forward(deadLetter(record, position, refused), ProjectionTopology.DEAD_LETTERS);
        }
    }

    /// What a record was about, if it was a change.
    private record Applied(@Nullable ChangeKey key, long version, long occurredMillis) {
        static final Applied NOTHING = new Applied(null, 0, Long.MIN_VALUE);
    }

    private Applied rowsOf(Record<byte[], byte[]> record,
            RecordMetadata position,
            List<KeyValue<Bytes, byte[]>> rows) throws RefusedChange {
        ChangeKey key = key(record.key(), position);
        byte[] value = record.value();
        Projection rules = Objects.requireNonNull(projection);
        if (value == null) {
            rows.addAll(rules.tombstone(key));
            return new Applied(key, Long.MAX_VALUE, Long.MIN_VALUE);
        }
        if (record.key().length + value.length > Topics.CHANGE_BYTES_MAX) {
            throw new RefusedChange(DeadLetterReason.TOO_LARGE, "key and value have "
                    + (record.key().length + value.length) + " bytes, at most "
                    + Topics.CHANGE_BYTES_MAX + " are taken");
        }
        try {
            Change change = Change.decode(key.kind(), value);
            ChangeChecks.check(key, change);
            rows.addAll(rules.rows(key, change, value));
            return new Applied(key, change.isDelete() ? Long.MAX_VALUE : change.version(),
                    change.occurredAt().toEpochMilli());
        } catch (UnreadableChangeException e) {
            throw new RefusedChange(DeadLetterReason.UNREADABLE, message(e));
        } catch (IllegalArgumentException e) {
            throw new RefusedChange(DeadLetterReason.INVALID, message(e));
        }
    }

    private ChangeKey key(byte @Nullable [] bytes, RecordMetadata position) throws RefusedChange {
        if (bytes == null) {
            throw new RefusedChange(DeadLetterReason.BAD_KEY, "the record has no key");
        }
        ChangeKey key;
        try {
            key = ChangeKey.parse(bytes);
        } catch (IllegalArgumentException e) {
            throw new RefusedChange(DeadLetterReason.BAD_KEY, message(e));
        }
        if (!key.kind().topic().equals(position.topic())) {
            throw new RefusedChange(DeadLetterReason.WRONG_TOPIC,
                    "changes of " + key.kind().word() + " belong on " + key.kind().topic());
        }
        int expected = TenantPartitioner.partition(key.tenant(), projectionContext.partitions());
        if (expected != position.partition()) {
            throw new RefusedChange(DeadLetterReason.WRONG_PARTITION,
                    "tenant " + key.tenant() + " belongs in partition " + expected
                            + ": its producer does not use the tenant partitioner");
        }
        return key;
    }

    private Record<byte[], byte[]> deadLetter(Record<byte[], byte[]> record,
            RecordMetadata position,
            RefusedChange refused) {
        Instant now = Instant.ofEpochMilli(
                Objects.requireNonNull(context).currentSystemTimeMs());
        log.warn(
                "Refused {}-{}@{}: {} {}",
                position.topic(),
                position.partition(),
                position.offset(),
                refused.reason(),
                refused.getMessage());
        DeadLetter letter = DeadLetter.newBuilder()
                .setTopic(position.topic())
                .setPartition(position.partition())
                .setOffset(position.offset())
                .setReason(refused.reason())
                .setMessage(refused.getMessage())
                .setFailedAt(now)
                .setKey(record.key() == null ? null : ByteBuffer.wrap(record.key()))
                .setValue(record.value() == null ? null : ByteBuffer.wrap(record.value()))
                .build();
        return new Record<>(record.key(), ChangeCodec.DEAD_LETTER.encode(letter),
                now.toEpochMilli());
    }

    private void commitEarly(ProcessorContext<byte[], byte[]> current) {
        PartitionStores stores = projectionContext.stores();
        boolean large = stores.of(current.taskId().partition())
                .map(s -> s.uncommittedBytes() > PartitionStore.uncommittedBytesMax())
                .orElse(false);
        if (large) {
            current.commit();
        }
    }

    private static String message(Exception e) {
        String text = String.valueOf(e.getMessage());
        return text.length() <= 500 ? text : text.substring(0, 500) + "…";
    }
}
