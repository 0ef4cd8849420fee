package ai.pathbound.projector.columns.query;

/// Arrays one thread reads batches of rows into, part after part: making them anew for each part would
/// cost more than many a part's answer.
final class Scratch {
    /// Which rows of a batch pass.
    final boolean[] passes = new boolean[Batch.ROWS];
    /// The rows of a batch that were chosen.
    final int[] rows = new int[Batch.ROWS];
    /// The group of each chosen row.
    final int[] groups = new int[Batch.ROWS];
    /// Codes of the chosen rows, while they are looked at.
    final int[] codes = new int[Batch.ROWS];
    final int[] moreCodes = new int[Batch.ROWS];
    /// Values of the chosen rows, while they are looked at.
    final long[] values = new long[Batch.ROWS];
    private final int[][] ids = new int[GroupQuery.KEYS_MAX][];

    /// Ids of the chosen rows for one key.
    int[] ids(int key) {
        if (ids[key] == null) {
            ids[key] = new int[Batch.ROWS];
        }
        return ids[key];
    }
}
