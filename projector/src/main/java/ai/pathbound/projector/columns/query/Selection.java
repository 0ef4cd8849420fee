package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.DeadRows;
import ai.pathbound.projector.columns.Part;
import java.util.OptionalInt;

/// The selection vector of a part: its rows that pass a mask, and as a rule are alive, batch by batch.
final class Selection {
    private final Part part;
    private final DeadRows dead;
    private final Mask mask;
    private final Deadline deadline;
    private final Scratch scratch;
    private final int[] rows;
    private int from;
    private int to;
    private int count;

    /// @param scratch holds the rows of the current batch
    Selection(Part part, Mask mask, Deadline deadline, Scratch scratch) {
        this(part, part.dead(), mask, deadline, scratch);
    }

    private Selection(Part part, DeadRows dead, Mask mask, Deadline deadline, Scratch scratch) {
        this.part = part;
        this.dead = dead;
        this.mask = mask;
        this.deadline = deadline;
        this.scratch = scratch;
        this.rows = scratch.rows;
        deadline.effort().readPart();
    }

    /// The rows that pass whether or not the part's view has them: what is found of these holds for
    /// every view of the rows.
    static Selection deadOrAlive(Part part, Mask mask, Deadline deadline, Scratch scratch) {
        return new Selection(part, DeadRows.NONE, mask, deadline, scratch);
    }

    /// Moves to the next batch; false at the end.
    boolean next() {
        deadline.check();
        from = to;
        if (from == part.rows()) {
            return false;
        }
        to = Math.min(part.rows(), from + Batch.ROWS);
        deadline.effort().readRows(to - from);
        count = mask.select(from, to - from, scratch);
        if (dead.count() > 0) {
            int live = 0;
            for (int i = 0; i < count; i++) {
                rows[live] = rows[i];
                live += dead.isDead(rows[i]) ? 0 : 1;
            }
            count = live;
        }
        return true;
    }

    /// Rows of all batches, none of which are given out.
    long countAll() {
        OptionalInt known = mask.known();
        if (known.isPresent() && dead.count() == 0) {
            return known.getAsInt();
        }
        long all = 0;
        while (next()) {
            all += count;
        }
        return all;
    }

    int count() {
        return count;
    }

    /// The chosen rows; only the first `count()` count.
    int[] rows() {
        return rows;
    }

    /// Whether the chosen rows follow each other without a gap.
    boolean isRun() {
        return count > 0 && rows[count - 1] - rows[0] == count - 1;
    }
}
