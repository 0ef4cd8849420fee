package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.LongBlock;
import ai.pathbound.projector.columns.block.LongIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Groups the rows of one part by small local ids and adds the result to a table: what is done for
/// each row touches arrays of this part only, what is global is done once for each group.
final class PartGroups {
    private static final int DENSE_GROUPS_MAX = 1 << 16;

    private final GroupShape shape;
    private final PartBlocks blocks;
    private final List<PartKey> keys = new ArrayList<>();
    private final LongIds sparse = new LongIds(1024);
    private final boolean isDense;
    private final int[][] ids;
    private final int[] groups = new int[Batch.ROWS];
    private final long[] values = new long[Batch.ROWS];
    private long[] counts;
    private int groupsEnd;
    private final Numbers[] numbers;
    private final PartDistinct[] distincts;

    PartGroups(GroupShape shape, PartBlocks blocks, List<PartKey> keys) {
        this.shape = shape;
        this.blocks = blocks;
        this.keys.addAll(keys);
        this.ids = new int[keys.size()][Batch.ROWS];
        double product = 1;
        for (PartKey key : keys) {
            product *= key.size();
        }
        this.isDense = product <= DENSE_GROUPS_MAX;
        this.groupsEnd = isDense ? (int) product : 0;
        this.counts = new long[isDense ? groupsEnd : 1024];
        this.numbers = new Numbers[shape.numbers().size()];
        this.distincts = new PartDistinct[shape.distincts().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = new Numbers();
        }
        for (int i = 0; i < distincts.length; i++) {
            distincts[i] = new PartDistinct(PartKey.values(blocks, shape.distincts().get(i)));
        }
    }

    void scan(Selection selection) {
        while (selection.next()) {
            if (selection.count() > 0) {
                add(selection.rows(), selection.count(), selection.isRun());
            }
        }
    }

    private void add(int[] rows, int count, boolean isRun) {
        for (int k = 0; k < ids.length; k++) {
            keys.get(k).read(rows, count, isRun, ids[k]);
        }
        if (isDense) {
            denseGroups(count);
        } else {
            sparseGroups(count);
        }
        for (int i = 0; i < count; i++) {
            counts[groups[i]]++;
        }
        for (int i = 0; i < numbers.length; i++) {
            addNumbers(numbers[i], shape.numbers().get(i), rows, count, isRun);
        }
        for (PartDistinct distinct : distincts) {
            distinct.add(groups, rows, count, isRun, isDense ? groupsEnd : Integer.MAX_VALUE);
        }
    }

    private void denseGroups(int count) {
        if (ids.length == 0) {
            Arrays.fill(groups, 0, count, 0);
            return;
        }
        System.arraycopy(ids[0], 0, groups, 0, count);
        int step = keys.getFirst().size();
        for (int k = 1; k < ids.length; k++) {
            for (int i = 0; i < count; i++) {
                groups[i] += ids[k][i] * step;
            }
            step *= keys.get(k).size();
        }
    }

    private void sparseGroups(int count) {
        for (int i = 0; i < count; i++) {
            groups[i] = sparse.idOf(packed(i));
        }
        groupsEnd = sparse.size();
        if (groupsEnd > counts.length) {
            counts = Arrays.copyOf(counts, Math.max(groupsEnd, counts.length * 2));
        }
    }

    private long packed(int i) {
        long packed = 0;
        for (int k = ids.length - 1; k >= 0; k--) {
            packed = packed * keys.get(k).size() + ids[k][i];
        }
        return packed;
    }

    private void addNumbers(Numbers to, Operand operand, int[] rows, int count, boolean isRun) {
        for (PartBlocks.Typed typed : blocks.of(operand)) {
            switch (typed.block()) {
                case LongBlock block -> {
                    if (isRun) {
                        block.read(rows[0], count, values);
                    } else {
                        block.read(rows, count, values);
                    }
                    Numbers.OfKind of = to.of(typed.kind());
                    of.ensure(Math.max(1, groupsEnd));
                    for (int i = 0; i < count; i++) {
                        if (values[i] != LongBlock.MISSING) {
                            of.add(groups[i], values[i]);
                        }
                    }
                }
                case CodeBlock _ -> {
                }
            }
        }
    }

    /// Adds what was found to a table.
    void addTo(GroupTable table) {
        int[] globals = new int[groupsEnd];
        int[] key = new int[ids.length];
        for (int group = 0; group < groupsEnd; group++) {
            if (counts[group] == 0) {
                continue;
            }
            long packed = isDense ? group : sparse.value(group);
            for (int k = 0; k < key.length; k++) {
                key[k] = (int) (packed % keys.get(k).size());
                packed /= keys.get(k).size();
            }
            int global = table.groupOf(keys, key);
            globals[group] = global;
            table.addCount(global, counts[group]);
            for (int i = 0; i < numbers.length; i++) {
                table.numbers(i).merge(global, numbers[i], group);
            }
        }
        for (int i = 0; i < distincts.length; i++) {
            distincts[i].addTo(table.distinct(i), globals);
        }
    }
}
