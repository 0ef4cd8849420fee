package ai.pathbound.projector.columns.block;

/// Numbers and their sums for each local code of another column of the same segment: what a sum or mean
/// by that column needs of a segment all of whose rows pass. Twelve bytes for each code.
public final class CodeSums {
    /// Beyond so many codes sums would take more memory than they are worth.
    private static final int CODES_MAX = 64;
    private static final int BATCH_ROWS = 1024;

    private final int[] counts;
    private final long[] sums;

    private CodeSums(int codes) {
        counts = new int[codes];
        sums = new long[codes];
    }

    /// Whether sums by these codes are few for the rows there are.
    public static boolean areFew(CodeBlock codes) {
        return codes.hasCounts() && codes.localCount() <= CODES_MAX;
    }

    /// One pass over both blocks; only if codes are few and the numbers have sums that are longs.
    public static CodeSums of(CodeBlock codes, LongBlock numbers) {
        CodeSums made = new CodeSums(codes.localCount());
        int[] locals = new int[BATCH_ROWS];
        long[] distances = new long[BATCH_ROWS];
        for (int from = 0; from < codes.rows(); from += BATCH_ROWS) {
            int size = Math.min(BATCH_ROWS, codes.rows() - from);
            codes.locals().read(from, size, locals);
            numbers.packed().read(from, size, distances);
            made.add(locals, distances, size);
        }
        for (int local = 0; local < made.sums.length; local++) {
            made.sums[local] += made.counts[local] * (numbers.base() - 1);
        }
        return made;
    }

    private void add(int[] locals, long[] distances, int size) {
        for (int i = 0; i < size; i++) {
            // 0 is a missing value; any other distance has a negative opposite.
            counts[locals[i]] += (int) (-distances[i] >>> 63);
            sums[locals[i]] += distances[i];
        }
    }

    /// Rows of a local code that have a number.
    public int count(int local) {
        return counts[local];
    }

    public long sum(int local) {
        return sums[local];
    }

    public long retainedBytes() {
        return 56 + 12L * counts.length;
    }
}
