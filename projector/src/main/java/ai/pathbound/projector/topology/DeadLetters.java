package ai.pathbound.projector.topology;

import ai.pathbound.schemas.change.DeadLetter;
import ai.pathbound.schemas.codec.ChangeCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wraps records nobody can apply, with their position and the reason.
final class DeadLetters {
    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    /// A letter with this much of key and value fits the limit of a megabyte that topics have unless
    /// told otherwise, however large the record is that it wraps.
    private static final int VALUE_BYTES_MAX = 800_000;
    private static final int KEY_BYTES_MAX = 50_000;

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
                .setMessage(refused.getMessage() + cuts(record))
                .setFailedAt(Instant.ofEpochMilli(nowMillis))
                .setKey(start(record.key(), KEY_BYTES_MAX))
                .setValue(start(record.value(), VALUE_BYTES_MAX))
                .build();
        ByteBuffer key = start(record.key(), KEY_BYTES_MAX);
        byte[] keyBytes = key == null
                ? null
                : Arrays.copyOf(Objects.requireNonNull(record.key()), key.remaining());
        return new Record<>(keyBytes, ChangeCodec.DEAD_LETTER.encode(letter), nowMillis);
    }

    private static @Nullable ByteBuffer start(byte @Nullable [] bytes, int bytesMax) {
        return bytes == null ? null : ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, bytesMax));
    }

    /// What is left out of a letter; the record itself is still at its position.
    private static String cuts(Record<byte[], byte[]> record) {
        return cut("key", record.key(), KEY_BYTES_MAX)
                + cut("value", record.value(), VALUE_BYTES_MAX);
    }

    private static String cut(String what, byte @Nullable [] bytes, int bytesMax) {
        return bytes == null || bytes.length <= bytesMax
                ? ""
                : "; the " + what + " is cut here to its first " + bytesMax + " of "
                        + bytes.length + " bytes";
    }
}
