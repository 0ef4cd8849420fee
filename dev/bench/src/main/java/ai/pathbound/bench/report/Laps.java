package ai.pathbound.bench.report;

import java.util.Arrays;
import java.util.function.Supplier;

/// Times of equal work. Not safe for several threads; each fills its own, to be merged.
public final class Laps {
    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[64];
    private int count;
    private int seen;

    /// Times one lap; the result is looked at so that no compiler leaves the work out.
    public void time(Supplier<?> work) {
        long start = System.nanoTime();
        Object result = work.get();
        add(System.nanoTime() - start);
        seen += System.identityHashCode(result);
    }

    public void add(long lapNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = lapNanos;
    }

    public void addAll(Laps other) {
        for (int i = 0; i < other.count; i++) {
            add(other.nanos[i]);
        }
    }

    public double p50Millis() {
        return percentileMillis(50);
    }

    public double p99Millis() {
        return percentileMillis(99);
    }

    /// The smallest lap that so many percent of laps do not exceed.
    private double percentileMillis(int percent) {
        if (count == 0) {
            throw new IllegalStateException("no laps");
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = Math.ceilDiv(percent * count, 100);
        return sorted[rank - 1] / NANOS_PER_MILLI;
    }

    @Override
    public String toString() {
        return count + " laps, " + seen;
    }
}
