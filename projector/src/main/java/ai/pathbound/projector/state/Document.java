package ai.pathbound.projector.state;

import ai.pathbound.schemas.codec.UnreadableChangeException;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.jspecify.annotations.Nullable;

/// The row of one entity: its newest version and the change record that brought it, as it came.
///
/// The record is kept in the wire encoding: nothing is encoded twice, records of every published
/// schema version read through the same codec, and source and provenance come for free.
///
///     format(1) = 1 | state(1): 0 live, 1 deleted | version(8) | change record, if live
///
/// A deleted entity keeps its row without the record: its content is gone, and no late change brings
/// it back.
public final class Document {
    private static final byte FORMAT = 1;
    private static final byte LIVE = 0;
    private static final byte DELETED = 1;
    private static final int HEADER_BYTES = 10;

    private final byte[] row;

    private Document(byte[] row) {
        this.row = row;
    }

    public static Document live(long version, byte[] change) {
        return new Document(header(LIVE, version, change.length).put(change).array());
    }

    public static Document deleted(long version) {
        return new Document(header(DELETED, version, 0).array());
    }

    private static ByteBuffer header(byte state, long version, int more) {
        return ByteBuffer.allocate(HEADER_BYTES + more).put(FORMAT).put(state).putLong(version);
    }

    /// The document of a row, or null where there is none.
    public static @Nullable Document of(byte @Nullable [] row) {
        if (row == null) {
            return null;
        }
        if (row.length < HEADER_BYTES || row[0] != FORMAT) {
            throw new ProcessorStateException("document row of unknown format " + row[0] + ", "
                    + row.length + " bytes");
        }
        return new Document(row);
    }

    public boolean isDeleted() {
        return row[1] == DELETED;
    }

    public long version() {
        return ByteBuffer.wrap(row).getLong(2);
    }

    /// The change of a live document. We stored it ourselves: anything unreadable is damage, not input,
    /// and throws [ProcessorStateException].
    public Change decode(EntityKind kind) {
        try {
            return Change.decode(kind, row, HEADER_BYTES, null);
        } catch (UnreadableChangeException e) {
            throw new ProcessorStateException("a stored document cannot be decoded", e);
        }
    }

    /// The row as stored; not a copy.
    public byte[] row() {
        return row;
    }
}
