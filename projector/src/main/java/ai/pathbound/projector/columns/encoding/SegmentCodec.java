package ai.pathbound.projector.columns.encoding;

import ai.pathbound.projector.columns.BlockSource;
import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.RowNumbers;
import ai.pathbound.projector.columns.Segment;
import ai.pathbound.projector.columns.block.ColumnStats;
import ai.pathbound.projector.columns.block.Packed;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/// Bytes of a segment's header: its rows, and the statistics of its columns. Blocks are stored one by
/// one beside it.
///
///     segment(8) | first row(8) | rows(4) | dense(1): 1, or 0 | width(1) | distance(width) …
///     | columns(4) | for each: name | kind(1) | min(8) | max(8) | missing(4)
///                              | histogram(4): entries, | code(4), count(4) …
public final class SegmentCodec {
    private static final int COLUMN_BYTES_MIN = 29;

    private SegmentCodec() {}

    public static byte[] encode(Segment segment) {
        ByteWriter out = new ByteWriter();
        RowNumbers numbers = segment.numbers();
        out.putLong(segment.id());
        out.putLong(numbers.first());
        out.putInt(numbers.rows());
        Packed distances = numbers.distances();
        out.putByte(distances == null ? 1 : 0);
        if (distances != null) {
            out.putPacked(distances);
        }
        Map<ColumnId, ColumnStats> columns = segment.sortedStats();
        out.putInt(columns.size());
        columns.forEach((id, stats) -> {
            out.putText(id.name());
            out.putByte(id.kind().tag());
            out.putLong(stats.min());
            out.putLong(stats.max());
            out.putInt(stats.missing());
            out.putInt(stats.histogramSize());
            for (int i = 0; i < stats.histogramSize(); i++) {
                out.putInt(stats.code(i));
                out.putInt(stats.count(i));
            }
        });
        return Frame.of(Frame.SEGMENT, out);
    }

    /// Checks and reads a header.
    ///
    /// @throws DamagedException if the bytes are no header
    public static Segment decode(byte[] bytes, BlockSource source) {
        ByteBuffer in = Frame.body(Frame.SEGMENT, bytes);
        try {
            long id = in.getLong();
            RowNumbers numbers = numbers(in);
            Map<ColumnId, ColumnStats> columns = new HashMap<>();
            int count = ByteReader.count(in, COLUMN_BYTES_MIN);
            for (int i = 0; i < count; i++) {
                String name = ByteReader.text(in);
                columns.put(new ColumnId(name, Kind.ofTag(in.get())), stats(in));
            }
            Frame.checkEnd(in);
            return new Segment(id, numbers, columns, source);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new DamagedException("segment header is cut off or wrong", e);
        }
    }

    private static RowNumbers numbers(ByteBuffer in) {
        long first = in.getLong();
        int rows = in.getInt();
        if (rows < 1 || first < 0) {
            throw new DamagedException("segment of " + rows + " rows from " + first);
        }
        if (in.get() == 1) {
            return RowNumbers.dense(first, rows);
        }
        Packed distances = ByteReader.packed(in, rows);
        for (int i = 1; i < rows; i++) {
            if (distances.at(i) <= distances.at(i - 1)) {
                throw new DamagedException("row numbers do not ascend at " + i);
            }
        }
        return RowNumbers.sparse(first, distances);
    }

    private static ColumnStats stats(ByteBuffer in) {
        long min = in.getLong();
        long max = in.getLong();
        int missing = in.getInt();
        int entries = ByteReader.count(in, 8);
        if (entries == 0) {
            return new ColumnStats(min, max, missing, null, null);
        }
        int[] codes = new int[entries];
        int[] counts = new int[entries];
        for (int i = 0; i < entries; i++) {
            codes[i] = in.getInt();
            counts[i] = in.getInt();
        }
        return new ColumnStats(min, max, missing, codes, counts);
    }
}
