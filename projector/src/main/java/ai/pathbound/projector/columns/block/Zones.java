package ai.pathbound.projector.columns.block;

/// The smallest and largest value of each run of rows of a block. Events come about in the order of
/// time, so a run often lies in one day, or in or out of a range, as a whole.
public final class Zones {
    /// Rows of a zone; the last one may have fewer.
    public static final int ROWS = 4096;

    private final long[] mins;
    private final long[] maxs;
    private final boolean[] hasMissing;
    private final boolean[] isAscending;

    private Zones(int count) {
        mins = new long[count];
        maxs = new long[count];
        hasMissing = new boolean[count];
        isAscending = new boolean[count];
    }

    static Zones of(LongBlock block) {
        Zones zones = new Zones(Math.ceilDiv(block.rows(), ROWS));
        long[] values = new long[ROWS];
        for (int zone = 0; zone < zones.mins.length; zone++) {
            int from = zone * ROWS;
            int count = Math.min(ROWS, block.rows() - from);
            block.read(from, count, values);
            zones.fill(zone, values, count);
        }
        return zones;
    }

    private void fill(int zone, long[] values, int count) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        boolean missing = false;
        boolean ascending = true;
        for (int i = 0; i < count; i++) {
            ascending &= i == 0 || values[i] >= values[i - 1];
            if (values[i] == LongBlock.MISSING) {
                missing = true;
            } else {
                min = Math.min(min, values[i]);
                max = Math.max(max, values[i]);
            }
        }
        mins[zone] = min;
        maxs[zone] = max;
        hasMissing[zone] = missing;
        isAscending[zone] = ascending && !missing;
    }

    /// Larger than `max` if no row has a value.
    public long min(int zone) {
        return mins[zone];
    }

    public long max(int zone) {
        return maxs[zone];
    }

    public boolean hasMissing(int zone) {
        return hasMissing[zone];
    }

    /// Whether every row has a value, and none a smaller one than the row before.
    public boolean isAscending(int zone) {
        return isAscending[zone];
    }

    static long retainedBytes(int rows) {
        return 96 + 18L * Math.ceilDiv(rows, ROWS);
    }
}
