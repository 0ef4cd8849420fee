package ai.pathbound.projector.columns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The open tail: rows since the last sealed segment, in growable arrays. Readers see it as runs, large
/// ones, then small ones, then the rows left over: all but the last stay the same from view to view,
/// with the blocks that questions made of them, until as many small ones as make a large one are one.
final class Tail {
    private static final int RUN_ROWS_MAX = 4096;
    private static final int SMALL_PER_LARGE = 8;
    /// A part of fewer rows costs a question more than making blocks of them again.
    private static final int SMALL_ROWS_MIN = 256;

    private final long firstRow;
    private final int rowsMax;
    private final int runRows;
    private final int smallRows;
    private final Map<ColumnId, TailColumn> columns = new HashMap<>();
    private @Nullable TailColumn[] bySlot = new @Nullable TailColumn[0];
    private final List<WrittenPart> runs = new ArrayList<>();
    private final long[] dead;
    private int rows;

    Tail(long firstRow, int rowsMax) {
        this.firstRow = firstRow;
        this.rowsMax = rowsMax;
        this.runRows = Math.clamp(rowsMax / 8, 1, RUN_ROWS_MAX);
        this.smallRows = Math
                .clamp(runRows / SMALL_PER_LARGE, Math.min(SMALL_ROWS_MIN, runRows), runRows);
        this.dead = new long[(rowsMax + 63) >> 6];
    }

    int rows() {
        return rows;
    }

    boolean isFull() {
        return rows == rowsMax;
    }

    long firstRow() {
        return firstRow;
    }

    /// @param slot a number of the column, the same in all tails
    void set(int slot, ColumnId column, long bits) {
        if (slot >= bySlot.length) {
            bySlot = Arrays.copyOf(bySlot, Math.max(16, slot + slot / 2 + 1));
        }
        TailColumn written = bySlot[slot];
        if (written == null) {
            written = TailColumn.of(column.kind());
            bySlot[slot] = written;
            columns.put(column, written);
        }
        written.set(rows, bits, rowsMax);
    }

    /// Ends the row whose cells were set.
    void endRow() {
        rows++;
    }

    /// Whether the row was alive.
    boolean kill(long row) {
        int position = (int) (row - firstRow);
        if ((dead[position >> 6] & (1L << position)) != 0) {
            return false;
        }
        dead[position >> 6] |= 1L << position;
        int from = 0;
        for (WrittenPart run : runs) {
            if (position < from + run.size()) {
                run.kill(position - from);
                break;
            }
            from += run.size();
        }
        return true;
    }

    private boolean isDead(int position) {
        return (dead[position >> 6] & (1L << position)) != 0;
    }

    /// Adds the runs of all rows so far.
    void publish(List<Part> parts) {
        int from = 0;
        int same = 0;
        while (same < runs.size() && runs.get(same).size() == rowsOfRun(from)) {
            from += runs.get(same++).size();
        }
        runs.subList(same, runs.size()).clear();
        while (from < rows) {
            int count = rowsOfRun(from);
            runs.add(run(from, count));
            from += count;
        }
        for (WrittenPart run : runs) {
            parts.add(run.publish());
        }
    }

    /// How many rows the run that begins there has.
    private int rowsOfRun(int from) {
        int rest = rows - from;
        return from % runRows == 0 && rest >= runRows ? runRows : Math.min(smallRows, rest);
    }

    /// The live rows as a segment; empty if none is alive.
    Optional<Segment> seal(long id) {
        Gathering gathering = new Gathering(rows);
        gathering.add(run(0, rows));
        return gathering.segment(id);
    }

    private WrittenPart run(int from, int count) {
        Map<ColumnId, TailColumn.Cells> cells = new HashMap<>();
        columns.forEach((column, written) -> cells.put(column, written.cells()));
        WrittenPart run = new WrittenPart(
                new TailRows(RowNumbers.dense(firstRow + from, count), from, cells));
        for (int i = 0; i < count; i++) {
            if (isDead(from + i)) {
                run.kill(i);
            }
        }
        return run;
    }
}
