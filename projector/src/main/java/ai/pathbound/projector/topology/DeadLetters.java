package ai.pathbound.projector.topology;

import ai.pathbound.schemas.change.DeadLetter;
import ai.pathbound.schemas.codec.ChangeCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wraps records nobody can apply, with their position and the reason.
final class DeadLetters {
    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private DeadLetters() {}

    static Record<byte[], byte[]> of(Record<byte[], byte[]> record,
            RecordMetadata position,
            RefusedChange refused,
            long nowMillis) {
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
                .setFailedAt(Instant.ofEpochMilli(nowMillis))
                .setKey(record.key() == null ? null : ByteBuffer.wrap(record.key()))
                .setValue(record.value() == null ? null : ByteBuffer.wrap(record.value()))
                .build();
        return new Record<>(record.key(), ChangeCodec.DEAD_LETTER.encode(letter), nowMillis);
    }
}
