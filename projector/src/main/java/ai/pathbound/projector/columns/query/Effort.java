package ai.pathbound.projector.columns.query;

import java.util.concurrent.atomic.LongAdder;

/// What answering one question took. Parts that statistics ruled out, or whose answers were remembered
/// or counted when they were sealed, took nothing. Several threads may work on a question.
public final class Effort {
    private final LongAdder parts = new LongAdder();
    private final LongAdder rows = new LongAdder();

    void readPart() {
        parts.increment();
    }

    void readRows(int count) {
        rows.add(count);
    }

    /// Parts of tables whose rows were read.
    public long parts() {
        return parts.sum();
    }

    /// Rows that were looked at in them, whether they passed or not.
    public long rows() {
        return rows.sum();
    }
}
