package ai.pathbound.projector.columns.encoding;

import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.columns.DeadRows;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/// Bytes that say which rows of a segment are dead.
///
///     segment(8) | rows(4) | word(8) …, a bit for each row
public final class DeadRowsCodec {
    private DeadRowsCodec() {}

    public static byte[] encode(long segment, int rows, DeadRows dead) {
        ByteWriter out = new ByteWriter();
        out.putLong(segment);
        out.putInt(rows);
        for (long word : dead.words(rows)) {
            out.putLong(word);
        }
        return Frame.of(Frame.DEAD, out);
    }

    /// Checks and reads the positions of dead rows.
    ///
    /// @throws DamagedException if the bytes are not of this segment with so many rows
    public static BitSet decode(long segment, int rows, byte[] bytes) {
        ByteBuffer in = Frame.body(Frame.DEAD, bytes);
        try {
            long foundSegment = in.getLong();
            int foundRows = in.getInt();
            if (foundSegment != segment || foundRows != rows) {
                throw new DamagedException("dead rows of segment " + foundSegment + " with "
                        + foundRows + " rows where segment " + segment + " has " + rows);
            }
            long[] words = new long[(rows + 63) >> 6];
            for (int i = 0; i < words.length; i++) {
                words[i] = in.getLong();
            }
            Frame.checkEnd(in);
            BitSet dead = BitSet.valueOf(words);
            if (dead.length() > rows) {
                throw new DamagedException("row " + (dead.length() - 1) + " of " + rows);
            }
            return dead;
        } catch (BufferUnderflowException e) {
            throw new DamagedException("dead rows of segment " + segment + " are cut off", e);
        }
    }
}
