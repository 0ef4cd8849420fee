package ai.pathbound.projector.topology;

import ai.pathbound.projector.state.Change;
import ai.pathbound.schemas.change.DeadLetterReason;
import ai.pathbound.schemas.codec.RecentTexts;
import ai.pathbound.schemas.codec.UnreadableChangeException;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.TenantPartitioner;
import ai.pathbound.schemas.topics.Topics;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Reads records as changes and refuses those that cannot be one.
final class ChangeReader {
    private final int partitions;
    private final RecentTexts recent = new RecentTexts();

    /// A reader for topics of this many partitions.
    ChangeReader(int partitions) {
        this.partitions = partitions;
    }

    /// What a record says.
    ///
    /// @param change the entity's new state or its delete; null for a tombstone
    record Incoming(ChangeKey key, @Nullable Change change) {
        /// The version readers may wait for; a delete satisfies all of them.
        long version() {
            return change == null || change.isDelete() ? Long.MAX_VALUE : change.version();
        }

        long occurredMillis() {
            return change == null ? Long.MIN_VALUE : change.occurredAt().toEpochMilli();
        }
    }

    Incoming read(Record<byte[], byte[]> record, RecordMetadata position) throws RefusedChange {
        ChangeKey key = key(record.key(), position);
        byte[] value = record.value();
        if (value == null) {
            return new Incoming(key, null);
        }
        int bytes = record.key().length + value.length;
        if (bytes > Topics.CHANGE_BYTES_MAX) {
            throw new RefusedChange(DeadLetterReason.TOO_LARGE, "key and value have " + bytes
                    + " bytes, at most " + Topics.CHANGE_BYTES_MAX + " are taken");
        }
        try {
            Change change = Change.decode(key.kind(), value, 0, recent);
            ChangeChecks.check(key, change);
            return new Incoming(key, change);
        } catch (UnreadableChangeException e) {
            throw RefusedChange.of(DeadLetterReason.UNREADABLE, e);
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
            throw RefusedChange.of(DeadLetterReason.BAD_KEY, e);
        }
        if (!key.kind().topic().equals(position.topic())) {
            throw new RefusedChange(DeadLetterReason.WRONG_TOPIC,
                    "changes of " + key.kind().word() + " belong on " + key.kind().topic());
        }
        int expected = TenantPartitioner.partition(key.tenant(), partitions);
        if (expected != position.partition()) {
            throw new RefusedChange(DeadLetterReason.WRONG_PARTITION,
                    "tenant " + key.tenant() + " belongs in partition " + expected
                            + ": its producer does not use the tenant partitioner");
        }
        return key;
    }
}
