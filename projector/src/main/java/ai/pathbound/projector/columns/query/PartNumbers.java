package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.block.LongBlock;
import org.jspecify.annotations.Nullable;

/// The numbers of one kind of an operand in one part, summed up by group.
final class PartNumbers {
    private final int index;
    private final Kind kind;
    private final LongBlock block;
    private final @Nullable PartSums sums;
    private final Numbers numbers = new Numbers();

    /// @param index which operand of numbers this is
    /// @param isSumOnly whether nobody asks for the smallest and largest
    PartNumbers(int index, Kind kind, LongBlock block, boolean isSumOnly, int groupsMax) {
        this.index = index;
        this.kind = kind;
        this.block = block;
        this.sums = isSumOnly && PartSums.fits(kind, block, groupsMax)
                ? new PartSums(block, groupsMax)
                : null;
    }

    int index() {
        return index;
    }

    void add(int[] groups, int[] rows, int count, boolean isRun, int groupsEnd, Scratch scratch) {
        long[] values = scratch.values;
        if (sums != null) {
            sums.add(groups, rows, count, isRun, values);
            return;
        }
        if (isRun) {
            block.read(rows[0], count, values);
        } else {
            block.read(rows, count, values);
        }
        Numbers.OfKind to = numbers.of(kind);
        to.ensure(Math.max(1, groupsEnd));
        for (int i = 0; i < count; i++) {
            if (values[i] != LongBlock.MISSING) {
                to.add(groups[i], values[i]);
            }
        }
    }

    /// Adds a group of the part to one of the table.
    void addTo(Numbers to, int group, int global) {
        if (sums == null) {
            to.merge(global, numbers, group);
        } else if (sums.count(group) > 0) {
            to.of(kind).addSum(global, sums.count(group), sums.sum(group));
        }
    }
}
