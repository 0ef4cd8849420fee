package ai.pathbound.projector.state;

import java.nio.ByteBuffer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.jspecify.annotations.Nullable;

/// How far one source topic is applied to a partition. Written with the rows of each change, in the
/// same atomic batch and after them in the changelog.
///
///     format(1) = 1 | topic id(16) | offset(8) | newest time of a change(8)
///
/// @param topicId id Kafka gave the topic when it was created: offsets of a recreated topic mean
///     nothing here
/// @param offset last offset applied
/// @param newestMillis newest `occurred_at` applied, UTC milliseconds
public record Progress(Uuid topicId, long offset, long newestMillis) {
    private static final byte FORMAT = 1;
    private static final int BYTES = 33;

    public byte[] row() {
        return ByteBuffer.allocate(BYTES)
                .put(FORMAT)
                .putLong(topicId.getMostSignificantBits())
                .putLong(topicId.getLeastSignificantBits())
                .putLong(offset)
                .putLong(newestMillis)
                .array();
    }

    /// The progress in a row, or null where there is none yet.
    public static @Nullable Progress of(byte @Nullable [] row) {
        if (row == null) {
            return null;
        }
        if (row.length != BYTES || row[0] != FORMAT) {
            throw new ProcessorStateException("progress row of unknown format");
        }
        ByteBuffer buffer = ByteBuffer.wrap(row, 1, BYTES - 1);
        return new Progress(new Uuid(buffer.getLong(), buffer.getLong()), buffer.getLong(),
                buffer.getLong());
    }
}
