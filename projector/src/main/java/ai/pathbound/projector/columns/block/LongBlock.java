package ai.pathbound.projector.columns.block;

import org.jspecify.annotations.Nullable;

/// 64-bit values of one segment as distances from the smallest (frame of reference), so that the times
/// of a segment take four bytes a row or fewer. 0 is a missing value, `value - base + 1` any other.
public final class LongBlock implements Block {
    /// What a missing value reads as.
    public static final long MISSING = Long.MIN_VALUE;

    private static final int SUM_ROWS_MAX = 65_535;
    private static final int SUM_WIDTH_MAX = 4;
    private static final long SUM_BASE_MAX = 1L << 46;

    private final Packed packed;
    private final long base;
    private volatile @Nullable Zones zones;

    /// Takes ownership of `packed`.
    public LongBlock(Packed packed, long base) {
        this.packed = packed;
        this.base = base;
    }

    /// Builds the block of the first `rows` values; `MISSING` is a missing one.
    public static LongBlock of(long[] values, int rows) {
        long min = Long.MAX_VALUE;
        for (int i = 0; i < rows; i++) {
            if (values[i] != MISSING && values[i] < min) {
                min = values[i];
            }
        }
        long[] distances = new long[rows];
        for (int i = 0; i < rows; i++) {
            distances[i] = values[i] == MISSING ? 0 : values[i] - min + 1;
        }
        return new LongBlock(Packed.of(distances, rows), min);
    }

    @Override
    public int rows() {
        return packed.size();
    }

    public Packed packed() {
        return packed;
    }

    public long base() {
        return base;
    }

    /// At least how far the largest value is from the smallest; `Long.MAX_VALUE` if that is no long.
    public long span() {
        return packed.width() == 0
                ? 0
                : packed.width() == 8 ? Long.MAX_VALUE : (1L << (8 * packed.width())) - 1;
    }

    /// Whether sums of any of the values, taken as whole numbers, fit a long, and sums of distances 48
    /// bits.
    public boolean hasLongSums() {
        return rows() <= SUM_ROWS_MAX && packed.width() <= SUM_WIDTH_MAX
                && Math.abs(base) <= SUM_BASE_MAX;
    }

    public long at(int row) {
        long distance = packed.at(row);
        return distance == 0 ? MISSING : base + distance - 1;
    }

    /// The first row of an ascending run whose value is at least this; `to` if none is.
    public int firstAtLeast(long value, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle) < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    public void read(int from, int count, long[] out) {
        packed.read(from, count, out);
        fromDistances(count, out);
    }

    private void fromDistances(int count, long[] out) {
        long zero = base - 1;
        for (int i = 0; i < count; i++) {
            out[i] = out[i] == 0 ? MISSING : zero + out[i];
        }
    }

    /// Reads chosen rows.
    public void read(int[] rows, int count, long[] out) {
        packed.gather(rows, count, out);
        fromDistances(count, out);
    }

    /// Smallest and largest value of each run of rows; found once, then kept.
    public Zones zones() {
        Zones there = zones;
        if (there == null) {
            // Threads that meet here make equal ones.
            there = Zones.of(this);
            zones = there;
        }
        return there;
    }

    @Override
    public ColumnStats stats() {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        int missing = 0;
        for (int i = 0; i < packed.size(); i++) {
            long value = at(i);
            if (value == MISSING) {
                missing++;
            } else {
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        return new ColumnStats(min, max, missing, null, null);
    }

    @Override
    public long retainedBytes() {
        return 56 + packed.retainedBytes() + Zones.retainedBytes(packed.size());
    }
}
