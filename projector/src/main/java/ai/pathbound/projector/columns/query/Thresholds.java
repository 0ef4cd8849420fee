package ai.pathbound.projector.columns.query;

/// From where on the engine changes from arrays to hashing, and from exact to estimated. Answers are the
/// same either way, but for the last.
///
/// @param denseGroupsMax groups of a part that are counted in an array by id
/// @param densePairsMax pairs of group and value of a part that are marked in one bitmap
/// @param denseSetBytesMax bytes of plain bitmaps of codes, a bitmap for each group
/// @param runRowsMin rows of a part that are found at least when the first of them are remembered
/// @param distinctBytesMax bytes of exact sets of values of a metric, beyond which they are estimated
record Thresholds(int denseGroupsMax,
        long densePairsMax,
        long denseSetBytesMax,
        int runRowsMin,
        long distinctBytesMax) {
    static final long DISTINCT_BYTES_MAX = 64L << 20;
    static final Thresholds DEFAULT = new Thresholds(1 << 16, 1 << 22, 8 << 20, 256,
            DISTINCT_BYTES_MAX);

    Thresholds {
        if (denseGroupsMax < 1) {
            throw new IllegalArgumentException(
                    "denseGroupsMax must be positive: " + denseGroupsMax);
        }
    }

    Thresholds withDistinctBytesMax(long bytesMax) {
        return new Thresholds(denseGroupsMax, densePairsMax, denseSetBytesMax, runRowsMin,
                bytesMax);
    }
}
