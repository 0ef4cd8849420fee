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
        int[] codes = new int[Math.min(size, 1 << 16)];
        Run run = new Run(distinct, codes);
        int group = 0;
        int groupEnd = size;
        for (int word = 0; word < dense.length; word++) {
            for (long bits = dense[word]; bits != 0; bits &= bits - 1) {
                int pair = (word << 6) + Long.numberOfTrailingZeros(bits);
                // Pairs ascend: stepping on is cheaper than dividing.
                while (pair >= groupEnd) {
                    group++;
                    groupEnd += size;
                }
                run.add(globals[group], pair - groupEnd + size);
            }
        }
        if (sparse != null) {
            long[] pairs = sparse.toArray();
            Arrays.sort(pairs);
            for (long pair : pairs) {
                run.add(globals[(int) (pair / size)], (int) (pair % size));
            }
        }
        run.end();
    }

    /// Collects the codes of one group and kind before they go to its bitmap.
    private final class Run {
        private final Distinct distinct;
        private final int[] codes;
        private int count;
        private int group;
        private int tag;

        private Run(Distinct distinct, int[] codes) {
            this.distinct = distinct;
            this.codes = codes;
        }

        private void add(int toGroup, int id) {
            if (id == 0) {
                return;
            }
            int idTag = values.tag(id);
            if (!Distinct.isCoded(idTag)) {
                distinct.add(toGroup, idTag, values.payload(id));
                return;
            }
            if (toGroup != group || idTag != tag || count == codes.length) {
                end();
                group = toGroup;
                tag = idTag;
            }
            codes[count++] = (int) values.payload(id);
        }

        private void end() {
            if (count > 0) {
                // Derived blocks have their codes in no order.
                Arrays.sort(codes, 0, count);
                distinct.addCodes(group, tag, codes, count);
                count = 0;
            }
        }
    }
}
