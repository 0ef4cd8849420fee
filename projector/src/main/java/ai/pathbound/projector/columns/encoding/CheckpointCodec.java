package ai.pathbound.projector.columns.encoding;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.columns.Kind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Bytes that say what a stored table consists of. Whatever else is stored does not belong to it.
///
///     sealed end(8)
///     | segments(4) | for each: id(8) | dead rows(4)
///     | columns(4)  | for each: name | kind(1) | dictionary entries(4)
///     | not kept(4) | name …
public final class CheckpointCodec {
    private static final int SEGMENT_BYTES = 12;
    private static final int COLUMN_BYTES_MIN = 9;
    private static final int NAME_BYTES_MIN = 4;

    private CheckpointCodec() {}

    /// What a stored table consists of.
    ///
    /// @param sealedEnd rows before this are in the segments
    /// @param segments in the order of their rows
    /// @param columns in the order of their dictionaries' keys
    /// @param notKept names of columns the table had no room for
    public record Checkpoint(long sealedEnd,
            List<StoredSegment> segments,
            List<StoredColumn> columns,
            List<String> notKept) {
        public Checkpoint {
            segments = List.copyOf(segments);
            columns = List.copyOf(columns);
            notKept = List.copyOf(notKept);
        }
    }

    /// A segment, and how many of its rows are dead; with none, stored dead rows are not its own.
    public record StoredSegment(long id, int dead) {}

    /// A column, and how many entries of its dictionary count; none for kinds without a dictionary.
    public record StoredColumn(ColumnId id, int entries) {}

    public static byte[] encode(Checkpoint checkpoint) {
        ByteWriter out = new ByteWriter();
        out.putLong(checkpoint.sealedEnd());
        out.putInt(checkpoint.segments().size());
        for (StoredSegment segment : checkpoint.segments()) {
            out.putLong(segment.id());
            out.putInt(segment.dead());
        }
        out.putInt(checkpoint.columns().size());
        for (StoredColumn column : checkpoint.columns()) {
            out.putText(column.id().name());
            out.putByte(column.id().kind().tag());
            out.putInt(column.entries());
        }
        out.putInt(checkpoint.notKept().size());
        checkpoint.notKept().forEach(out::putText);
        return Frame.of(Frame.CHECKPOINT, out);
    }

    /// Checks and reads a checkpoint.
    ///
    /// @throws DamagedException if the bytes are none
    public static Checkpoint decode(byte[] bytes) {
        ByteBuffer in = Frame.body(Frame.CHECKPOINT, bytes);
        try {
            long sealedEnd = in.getLong();
            List<StoredSegment> segments = new ArrayList<>();
            for (int left = ByteReader.count(in, SEGMENT_BYTES); left > 0; left--) {
                segments.add(new StoredSegment(in.getLong(), in.getInt()));
            }
            List<StoredColumn> columns = new ArrayList<>();
            for (int left = ByteReader.count(in, COLUMN_BYTES_MIN); left > 0; left--) {
                String name = ByteReader.text(in);
                columns.add(
                        new StoredColumn(new ColumnId(name, Kind.ofTag(in.get())), in.getInt()));
            }
            List<String> notKept = new ArrayList<>();
            for (int left = ByteReader.count(in, NAME_BYTES_MIN); left > 0; left--) {
                notKept.add(ByteReader.text(in));
            }
            Frame.checkEnd(in);
            return new Checkpoint(sealedEnd, segments, columns, notKept);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new DamagedException("checkpoint is cut off or wrong", e);
        }
    }
}
