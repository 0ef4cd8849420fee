package ai.pathbound.projector.columns;

import ai.pathbound.projector.columns.block.Block;
import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.ColumnStats;
import ai.pathbound.projector.columns.block.LongBlock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A published run of the open tail. A column becomes a block when a question first asks for it, so
/// questions know one layout only; full runs are kept from view to view with the blocks they have.
public final class TailRows implements Rows {
    private final RowNumbers numbers;
    private final int from;
    private final Map<ColumnId, TailColumn.Cells> cells;
    private final Map<ColumnId, Encoded> blocks = new ConcurrentHashMap<>();

    TailRows(RowNumbers numbers, int from, Map<ColumnId, TailColumn.Cells> cells) {
        this.numbers = numbers;
        this.from = from;
        this.cells = cells;
    }

    private record Encoded(Block block, ColumnStats stats) {}

    @Override
    public RowNumbers numbers() {
        return numbers;
    }

    @Override
    public Set<ColumnId> columns() {
        return cells.keySet();
    }

    @Override
    public @Nullable ColumnStats stats(ColumnId column) {
        Encoded encoded = encoded(column);
        return encoded == null ? null : encoded.stats();
    }

    @Override
    public @Nullable Block block(ColumnId column) {
        Encoded encoded = encoded(column);
        return encoded == null ? null : encoded.block();
    }

    private @Nullable Encoded encoded(ColumnId column) {
        TailColumn.Cells there = cells.get(column);
        if (there == null) {
            return null;
        }
        return blocks.computeIfAbsent(column, _ -> {
            Block block = there.block(from, numbers.rows());
            return new Encoded(block, block.stats());
        });
    }

    /// The code or bits of one cell, without making a block.
    long cell(ColumnId column, int position) {
        TailColumn.Cells there = cells.get(column);
        return there != null
                ? there.at(from + position)
                : column.kind().isCoded() ? 0 : LongBlock.MISSING;
    }

    @Override
    public long retainedBytes() {
        long bytes = 64;
        for (ColumnId column : cells.keySet()) {
            bytes += (column.kind().isCoded() ? 4L : 8L) * numbers.rows();
        }
        for (Encoded encoded : blocks.values()) {
            bytes += encoded.block().retainedBytes() + encoded.stats().retainedBytes();
        }
        return bytes;
    }

    static long cell(@Nullable Block block, int position) {
        return switch (block) {
            case CodeBlock codes -> codes.code(position);
            case LongBlock longs -> longs.at(position);
            case null -> 0;
        };
    }
}
