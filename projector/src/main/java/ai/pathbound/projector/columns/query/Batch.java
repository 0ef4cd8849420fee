package ai.pathbound.projector.columns.query;

/// Rows are read in batches that stay in the first-level cache.
final class Batch {
    static final int ROWS = 4096;

    private Batch() {}
}
