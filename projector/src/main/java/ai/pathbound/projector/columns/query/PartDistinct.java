package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.block.LongIds;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The distinct pairs of group and value in one part: a bitmap where the pairs are few enough, else a
/// hash set.
final class PartDistinct {
    private static final long DENSE_PAIRS_MAX = 1 << 22;

    private final PartKey values;
    private final int[] ids = new int[Batch.ROWS];
    private long[] dense = new long[0];
    private @Nullable LongIds sparse;

    PartDistinct(PartKey values) {
        this.values = values;
    }

    void add(int[] groups, int[] rows, int count, boolean isRun, int groupsMax) {
        values.read(rows, count, isRun, ids);
        long size = values.size();
        if (sparse == null && size * groupsMax <= DENSE_PAIRS_MAX) {
            if (dense.length == 0) {
                dense = new long[Math.toIntExact((size * groupsMax + 63) >> 6)];
            }
            for (int i = 0; i < count; i++) {
                int pair = groups[i] * (int) size + ids[i];
                dense[pair >> 6] |= 1L << pair;
            }
            return;
        }
        LongIds pairs = sparse == null ? new LongIds(1024) : sparse;
        sparse = pairs;
        for (int i = 0; i < count; i++) {
            if (ids[i] != 0) {
                pairs.idOf(groups[i] * size + ids[i]);
            }
        }
    }

    void addTo(Distinct distinct, int[] globals) {
        int size = values.size();
        for (int word = 0; word < dense.length; word++) {
            for (long bits = dense[word]; bits != 0; bits &= bits - 1) {
                int pair = (word << 6) + Long.numberOfTrailingZeros(bits);
                add(distinct, globals[pair / size], pair % size);
            }
        }
        if (sparse != null) {
            long[] pairs = sparse.toArray();
            Arrays.sort(pairs);
            for (long pair : pairs) {
                add(distinct, globals[(int) (pair / size)], (int) (pair % size));
            }
        }
    }

    private void add(Distinct distinct, int group, int id) {
        if (id != 0) {
            distinct.add(group, values.tag(id), values.payload(id));
        }
    }
}
