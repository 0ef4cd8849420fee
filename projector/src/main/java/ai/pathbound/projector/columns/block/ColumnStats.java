package ai.pathbound.projector.columns.block;

import org.jspecify.annotations.Nullable;

/// What is known of a block without reading it: smallest and largest code or value, missing rows and,
/// where values are few, how often each occurs. Stays in memory when the block does not.
public final class ColumnStats {
    /// Above this a histogram would cost more than the rows it saves.
    public static final int HISTOGRAM_VALUES_MAX = 257;

    private final long min;
    private final long max;
    private final int missing;
    private final int @Nullable [] codes;
    private final int @Nullable [] counts;

    /// Takes ownership of the arrays; both or neither. Index 0 is the missing value.
    public ColumnStats(long min,
            long max,
            int missing,
            int @Nullable [] codes,
            int @Nullable [] counts) {
        this.min = min;
        this.max = max;
        this.missing = missing;
        this.codes = codes;
        this.counts = counts;
    }

    /// The smallest present value; larger than `max()` or 0 if all are missing.
    public long min() {
        return min;
    }

    public long max() {
        return max;
    }

    public int missing() {
        return missing;
    }

    public boolean hasHistogram() {
        return codes != null;
    }

    public int histogramSize() {
        return codes == null ? 0 : codes.length;
    }

    /// The table's code of an entry of the histogram; entry 0 is the missing value.
    public int code(int entry) {
        return codes == null ? 0 : codes[entry];
    }

    public int count(int entry) {
        return counts == null ? 0 : counts[entry];
    }

    public long retainedBytes() {
        return 48 + (codes == null ? 0 : 32 + 8L * codes.length);
    }
}
