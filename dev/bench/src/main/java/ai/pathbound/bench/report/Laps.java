package ai.pathbound.bench.report;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.Supplier;

/// Times of equal work. Not safe for several threads; each fills its own, to be merged.
public final class Laps {
    private static final double NANOS_PER_MILLI = 1e6;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private long[] nanos = new long[64];
    private int count;
    private long[] cpuNanos = new long[64];
    private int cpuCount;
    private int seen;

    /// Times one lap; the result is looked at so that no compiler leaves the work out.
    public void time(Supplier<?> work) {
        long cpuStart = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        Object result = work.get();
        add(System.nanoTime() - start);
        addCpu(THREADS.getCurrentThreadCpuTime() - cpuStart);
        seen += System.identityHashCode(result);
    }

    public void add(long lapNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = lapNanos;
    }

    private void addCpu(long lapNanos) {
        if (cpuCount == cpuNanos.length) {
            cpuNanos = Arrays.copyOf(cpuNanos, 2 * cpuCount);
        }
        cpuNanos[cpuCount++] = lapNanos;
    }

    /// How long the processor worked for the timing thread in all but the slowest laps of a hundred:
    /// what a machine without neighbours would show, had it done nothing but this.
    public double p99CpuMillis() {
        return percentileMillis(cpuNanos, cpuCount, 99);
    }

    public void addAll(Laps other) {
        for (int i = 0; i < other.count; i++) {
            add(other.nanos[i]);
        }
    }

    public double p50Millis() {
        return percentileMillis(nanos, count, 50);
    }

    public double p99Millis() {
        return percentileMillis(nanos, count, 99);
    }

    /// The smallest lap that so many percent of laps do not exceed.
    private static double percentileMillis(long[] laps, int count, int percent) {
        if (count == 0) {
            throw new IllegalStateException("no laps");
        }
        long[] sorted = Arrays.copyOf(laps, count);
        Arrays.sort(sorted);
        int rank = Math.ceilDiv(percent * count, 100);
        return sorted[rank - 1] / NANOS_PER_MILLI;
    }

    @Override
    public String toString() {
        return count + " laps, " + seen;
    }
}
