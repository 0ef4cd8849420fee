package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.DeadRows;
import ai.pathbound.projector.columns.Part;

/// The rows of a part that are alive and pass, batch by batch.
final class Selection {
    private final Part part;
    private final Mask mask;
    private final Deadline deadline;
    private final boolean[] passes = new boolean[Batch.ROWS];
    private final int[] rows = new int[Batch.ROWS];
    private int from;
    private int to;
    private int count;

    Selection(Part part, Mask mask, Deadline deadline) {
        this.part = part;
        this.mask = mask;
        this.deadline = deadline;
    }

    /// Moves to the next batch; false at the end.
    boolean next() {
        deadline.check();
        from = to;
        if (from == part.rows()) {
            return false;
        }
        to = Math.min(part.rows(), from + Batch.ROWS);
        count = 0;
        int size = to - from;
        if (mask.equals(Mask.ALL)) {
            for (int i = 0; i < size; i++) {
                rows[i] = from + i;
            }
            count = size;
        } else {
            mask.eval(from, size, passes);
            count = chosen(size);
        }
        DeadRows dead = part.dead();
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

    private int chosen(int size) {
        int[] out = rows;
        boolean[] in = passes;
        int first = from;
        int some = 0;
        for (int i = 0; i < size; i++) {
            out[some] = first + i;
            some += in[i] ? 1 : 0;
        }
        return some;
    }

    /// Rows of all batches, none of which are given out.
    long countAll() {
        long all = 0;
        if (part.dead().count() > 0) {
            while (next()) {
                all += count;
            }
            return all;
        }
        for (int at = 0; at < part.rows(); at += Batch.ROWS) {
            deadline.check();
            int size = Math.min(Batch.ROWS, part.rows() - at);
            mask.eval(at, size, passes);
            int some = 0;
            for (int i = 0; i < size; i++) {
                some += passes[i] ? 1 : 0;
            }
            all += some;
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
