package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.block.LongIds;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// The distinct values of each group of one part, for the table.
sealed interface PartDistinct {
    /// Adds the values of chosen rows.
    ///
    /// @param global the table's group of a group of the part
    void add(int[] groups,
            int[] rows,
            int count,
            boolean isRun,
            Scratch scratch,
            IntUnaryOperator global);

    /// Adds what is not in the table yet.
    void addToTable(IntUnaryOperator global);

    /// What suits the operand and the number of groups.
    ///
    /// @param groupsMax groups of the part are below this
    static PartDistinct of(PartBlocks blocks,
            Operand operand,
            Distinct to,
            int groupsMax,
            Thresholds thresholds) {
        Optional<CodeColumn> column = CodeColumn.of(blocks, operand);
        if (column.isPresent() && to.hasRoom(groupsMax, column.get().codesEnd())) {
            return new Marked(new PartSets(column.get(), groupsMax), to);
        }
        return new Paired(PartKey.values(blocks, operand), to, groupsMax, thresholds);
    }

    /// Codes marked in the table's bitmaps at once.
    record Marked(PartSets sets, Distinct to) implements PartDistinct {
        @Override
        public void add(int[] groups,
                int[] rows,
                int count,
                boolean isRun,
                Scratch scratch,
                IntUnaryOperator global) {
            int tag = sets.column().kind().tag();
            int codesEnd = sets.column().codesEnd();
            sets.add(
                    groups,
                    rows,
                    count,
                    isRun,
                    scratch,
                    group -> to.open(global.applyAsInt(group), tag, codesEnd));
        }

        @Override
        public void addToTable(IntUnaryOperator global) {}
    }

    /// Pairs of group and value: a bitmap where they are few enough, else a hash set.
    final class Paired implements PartDistinct {
        private final PartKey values;
        private final Distinct to;
        private final int groupsMax;
        private final boolean isDense;
        private long[] dense = new long[0];
        private @Nullable LongIds sparse;

        Paired(PartKey values, Distinct to, int groupsMax, Thresholds thresholds) {
            this.values = values;
            this.to = to;
            this.groupsMax = groupsMax;
            this.isDense = (long) values.size() * groupsMax <= thresholds.densePairsMax();
        }

        @Override
        public void add(int[] groups,
                int[] rows,
                int count,
                boolean isRun,
                Scratch scratch,
                IntUnaryOperator global) {
            int[] ids = scratch.codes;
            values.read(rows, count, isRun, ids);
            long size = values.size();
            if (isDense) {
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

        @Override
        public void addToTable(IntUnaryOperator global) {
            int size = values.size();
            int[] codes = new int[Math.min(size, 1 << 16)];
            Run run = new Run(to, codes);
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
                    run.add(global.applyAsInt(group), pair - groupEnd + size);
                }
            }
            if (sparse != null) {
                long[] pairs = sparse.toArray();
                Arrays.sort(pairs);
                for (long pair : pairs) {
                    run.add(global.applyAsInt((int) (pair / size)), (int) (pair % size));
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
}
