package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.block.Zones;

/// Rows are read in batches that stay in the first-level cache, and that are zones of a block.
final class Batch {
    static final int ROWS = Zones.ROWS;

    private Batch() {}
}
