package ai.pathbound.projector.columns;

import ai.pathbound.projector.columns.block.Block;
import ai.pathbound.projector.columns.block.ColumnStats;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A run of rows that never change, column by column.
public sealed interface Rows permits Segment, TailRows {
    RowNumbers numbers();

    Set<ColumnId> columns();

    /// Statistics of a column that has a value in some row; null if no row has one.
    @Nullable
    ColumnStats stats(ColumnId column);

    /// The values of a column; null if no row has one.
    @Nullable
    Block block(ColumnId column);

    long retainedBytes();
}
