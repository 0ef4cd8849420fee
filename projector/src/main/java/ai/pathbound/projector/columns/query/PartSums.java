package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.block.LongBlock;

/// Sums of the whole numbers of one part by group. Adds the distances a block holds instead of its
/// values, and counts them in the upper bits of the same word: one addition for each row.
///
///     63        48 47                                   0
///     [ numbers  ][ sum of distances, at most 65,535 × (2³² − 1) ]
///
/// Four words for each group, taken in turn, since most rows go to few groups and an addition would
/// have to wait for the one before.
final class PartSums {
    private static final int COUNT_SHIFT = 48;
    private static final int LANES = 4;
    private static final int GROUPS_MAX = 4096;

    private final LongBlock block;
    private final long[] words;

    PartSums(LongBlock block, int groups) {
        this.block = block;
        this.words = new long[groups * LANES];
    }

    static boolean fits(Kind kind, LongBlock block, int groups) {
        return kind == Kind.WHOLE && groups <= GROUPS_MAX && block.hasLongSums();
    }

    void add(int[] groups, int[] rows, int count, boolean isRun, long[] distances) {
        if (isRun) {
            block.packed().read(rows[0], count, distances);
        } else {
            block.packed().gather(rows, count, distances);
        }
        long[] to = words;
        for (int i = 0; i < count; i++) {
            long distance = distances[i];
            // 0 is a missing value; any other distance has a negative opposite.
            to[groups[i] * LANES + (i & (LANES - 1))] += distance
                    + ((-distance >>> 63) << COUNT_SHIFT);
        }
    }

    long count(int group) {
        long count = 0;
        for (int lane = 0; lane < LANES; lane++) {
            count += words[group * LANES + lane] >>> COUNT_SHIFT;
        }
        return count;
    }

    long sum(int group) {
        long distances = 0;
        for (int lane = 0; lane < LANES; lane++) {
            distances += words[group * LANES + lane] & ((1L << COUNT_SHIFT) - 1);
        }
        return distances + count(group) * (block.base() - 1);
    }
}
