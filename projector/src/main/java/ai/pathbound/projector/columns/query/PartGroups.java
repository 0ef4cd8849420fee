package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.block.LongBlock;
import ai.pathbound.projector.columns.block.LongIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Groups the rows of one part by small local ids and adds the result to a table: what is done for
/// each row touches arrays of this part only, what is global is done once for each group.
final class PartGroups {
    private static final int NO_GROUP = -1;

    private final GroupTable table;
    private final Scratch scratch;
    private final List<PartKey> keys;
    private final LongIds sparse = new LongIds(16);
    private final boolean isDense;
    private final int[] groups;
    private final List<PartNumbers> numbers = new ArrayList<>();
    private final List<PartDistinct> distincts = new ArrayList<>();
    private long[] counts;
    private int groupsEnd;
    private int[] globals = new int[0];

    PartGroups(GroupShape shape,
            PartBlocks blocks,
            List<PartKey> keys,
            GroupTable table,
            Scratch scratch) {
        this.table = table;
        this.scratch = scratch;
        this.keys = keys;
        this.groups = scratch.groups;
        double product = 1;
        for (PartKey key : keys) {
            product *= key.size();
        }
        this.isDense = product <= shape.thresholds().denseGroupsMax();
        this.groupsEnd = isDense ? (int) product : 0;
        this.counts = new long[isDense ? groupsEnd : 1024];
        int groupsMax = isDense ? groupsEnd : Integer.MAX_VALUE;
        for (Operand operand : shape.numbers()) {
            for (PartBlocks.Typed typed : blocks.of(operand)) {
                if (typed.block() instanceof LongBlock block) {
                    numbers.add(
                            new PartNumbers(shape.numbers().indexOf(operand), typed.kind(),
                                    block, !shape.hasExtremes(operand), groupsMax));
                }
            }
        }
        for (int i = 0; i < shape.distincts().size(); i++) {
            distincts.add(
                    PartDistinct.of(
                            blocks,
                            shape.distincts().get(i),
                            table.distinct(i),
                            groupsMax,
                            shape.thresholds()));
        }
    }

    /// @param known rows of each id of the only key, where they are known beforehand; else empty
    void scan(Selection selection, long[] known) {
        boolean isCounted = isDense && known.length == groupsEnd;
        if (isCounted) {
            counts = known;
        }
        while (selection.next()) {
            if (selection.count() > 0) {
                add(selection.rows(), selection.count(), selection.isRun(), isCounted);
            }
        }
    }

    private void add(int[] rows, int count, boolean isRun, boolean isCounted) {
        int constant = constant(rows[0]);
        if (constant != NO_GROUP) {
            counts[constant] += count;
            if (numbers.isEmpty() && distincts.isEmpty()) {
                return;
            }
            Arrays.fill(groups, 0, count, constant);
        } else {
            readGroups(rows, count, isRun);
            if (!isCounted) {
                countGroups(count);
            }
        }
        for (PartNumbers some : numbers) {
            some.add(groups, rows, count, isRun, groupsEnd, scratch);
        }
        for (PartDistinct some : distincts) {
            some.add(groups, rows, count, isRun, scratch, this::global);
        }
    }

    /// The group of all rows of a batch, if that is known without reading them.
    private int constant(int firstRow) {
        return !isDense || keys.size() > 1
                ? NO_GROUP
                : keys.isEmpty() ? 0 : keys.getFirst().constant(firstRow);
    }

    private void readGroups(int[] rows, int count, boolean isRun) {
        for (int k = 0; k < keys.size(); k++) {
            keys.get(k).read(rows, count, isRun, k == 0 ? groups : scratch.ids(k));
        }
        if (isDense) {
            denseGroups(count);
        } else {
            sparseGroups(count);
        }
    }

    private void countGroups(int count) {
        long[] to = counts;
        int[] of = groups;
        for (int i = 0; i < count; i++) {
            to[of[i]]++;
        }
    }

    /// Ids of the first key are in `groups` already.
    private void denseGroups(int count) {
        int step = keys.getFirst().size();
        for (int k = 1; k < keys.size(); k++) {
            int[] ids = scratch.ids(k);
            for (int i = 0; i < count; i++) {
                groups[i] += ids[i] * step;
            }
            step *= keys.get(k).size();
        }
    }

    private void sparseGroups(int count) {
        for (int i = 0; i < count; i++) {
            long packed = 0;
            for (int k = keys.size() - 1; k > 0; k--) {
                packed = (packed + scratch.ids(k)[i]) * keys.get(k - 1).size();
            }
            groups[i] = sparse.idOf(packed + groups[i]);
        }
        groupsEnd = sparse.size();
        if (groupsEnd > counts.length) {
            counts = Arrays.copyOf(counts, Math.max(groupsEnd, counts.length * 2));
        }
    }

    /// The table's group of a group of this part that has a row.
    private int global(int group) {
        if (group >= globals.length) {
            int before = globals.length;
            globals = Arrays.copyOf(globals, Math.max(groupsEnd, 2 * before));
            Arrays.fill(globals, before, globals.length, NO_GROUP);
        }
        if (globals[group] == NO_GROUP) {
            long packed = isDense ? group : sparse.value(group);
            int[] key = new int[keys.size()];
            for (int k = 0; k < key.length; k++) {
                key[k] = (int) (packed % keys.get(k).size());
                packed /= keys.get(k).size();
            }
            globals[group] = table.groupOf(keys, key);
        }
        return globals[group];
    }

    /// Adds what was found to the table.
    void addToTable() {
        for (int group = 0; group < groupsEnd; group++) {
            if (counts[group] == 0) {
                continue;
            }
            int global = global(group);
            table.addCount(global, counts[group]);
            for (PartNumbers some : numbers) {
                some.addTo(table.numbers(some.index()), group, global);
            }
        }
        distincts.forEach(some -> some.addToTable(this::global));
    }
}
