package ai.pathbound.projector.columns;

import ai.pathbound.projector.columns.block.Block;

/// Where the blocks of sealed segments come from: memory, or a cache in front of storage.
public interface BlockSource {
    /// The block of a column the segment of so many rows has.
    Block block(long segment, int rows, ColumnId column);
}
