package ai.pathbound.projector.columns;

import ai.pathbound.projector.columns.block.Block;
import ai.pathbound.projector.columns.block.ColumnStats;
import ai.pathbound.projector.columns.block.LongBlock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A run of rows and which of them are dead, as one view sees it. The stamp names exactly this state,
/// so what a question found here may be remembered under it.
public final class Part {
    private static final AtomicLong STAMPS = new AtomicLong();

    private final Rows rows;
    private final DeadRows dead;
    private final long stamp = STAMPS.incrementAndGet();
    private final long rowsStamp;

    /// Rows nobody has seen before.
    Part(Rows rows) {
        this.rows = rows;
        this.dead = DeadRows.NONE;
        this.rowsStamp = stamp;
    }

    /// The rows of another part, of which more are dead.
    Part(Part before, DeadRows dead) {
        this.rows = before.rows;
        this.dead = dead;
        this.rowsStamp = before.rowsStamp;
    }

    public int rows() {
        return rows.numbers().rows();
    }

    public int liveRows() {
        return rows() - dead.count();
    }

    public DeadRows dead() {
        return dead;
    }

    public long stamp() {
        return stamp;
    }

    /// Names the rows whichever of them are dead.
    public long rowsStamp() {
        return rowsStamp;
    }

    public boolean isSealed() {
        return rows instanceof Segment;
    }

    public long rowNumber(int position) {
        return rows.numbers().at(position);
    }

    public @Nullable Block block(ColumnId column) {
        return rows.block(column);
    }

    public @Nullable ColumnStats stats(ColumnId column) {
        return rows.stats(column);
    }

    /// The sealed segment this is; empty for a run of the open tail.
    public Optional<Segment> segment() {
        return rows instanceof Segment segment ? Optional.of(segment) : Optional.empty();
    }

    Rows source() {
        return rows;
    }

    /// One cell; empty if it has no value.
    Optional<Value> value(ColumnId column, @Nullable Dictionary dictionary, int position) {
        long bits = switch (rows) {
            case TailRows tail -> tail.cell(column, position);
            case Segment segment -> {
                Block block = segment.block(column);
                yield block == null && !column.kind().isCoded()
                        ? LongBlock.MISSING
                        : TailRows.cell(block, position);
            }
        };
        if (!column.kind().isCoded()) {
            return bits == LongBlock.MISSING
                    ? Optional.empty()
                    : Optional.of(column.kind().value(bits));
        }
        return bits == 0
                ? Optional.empty()
                : Optional.of(coded(column.kind(), dictionary, (int) bits));
    }

    /// The value of a code.
    public static Value coded(Kind kind, @Nullable Dictionary dictionary, int code) {
        if (kind == Kind.BOOLEAN) {
            return new Value.Bool(code != Kind.FALSE_CODE);
        }
        if (dictionary == null) {
            throw new IllegalStateException("no dictionary for code " + code + " of a " + kind);
        }
        String text = dictionary.text(code);
        return kind == Kind.TEXT ? new Value.Text(text) : new Value.Json(text);
    }

    long retainedBytes() {
        return 48 + rows.retainedBytes() + dead.retainedBytes();
    }
}
