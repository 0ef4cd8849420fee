package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.ColumnStats;
import java.util.ArrayList;
import java.util.List;

/// Groups the rows of a view.
final class GroupScan {
    private static final long[] NOT_KNOWN = new long[0];

    private final TableView view;
    private final Filter asked;
    private final BoundFilter filter;
    private final GroupShape shape;
    private final Deadline deadline;
    private final List<Calendar> calendars = new ArrayList<>();

    GroupScan(TableView view, Filter filter, TextMatches texts, GroupShape shape,
            Deadline deadline) {
        this.view = view;
        this.asked = filter;
        this.filter = BoundFilter.of(filter, texts);
        this.shape = shape;
        this.deadline = deadline;
        for (Key key : shape.keys()) {
            // Plain values have no calendar; theirs is never asked.
            calendars.add(Calendar.of(key));
        }
    }

    GroupTable run(PartScans scans) {
        GroupShape kept = Remembered.of(shape);
        GroupTable all = scans
                .group(view, kept, new Question(Remembered.of(asked), kept), deadline, this::scan);
        if (shape.keys().isEmpty()) {
            // Without keys there is one group, also of no rows.
            all.anyGroup();
        }
        return all;
    }

    /// What an answer of a part depends on, beside the part.
    private record Question(Filter filter, GroupShape shape) {}

    private void scan(Part part, GroupTable table, Scratch scratch) {
        deadline.check();
        PartBlocks blocks = new PartBlocks(view, part);
        Mask mask = filter.on(blocks);
        if (mask.equals(Mask.Constant.NONE) || part.liveRows() == 0) {
            return;
        }
        if (mask.equals(Mask.Constant.ALL) && addHistogram(part, table)) {
            return;
        }
        long[] known = mask.equals(Mask.Constant.ALL) ? known(blocks) : NOT_KNOWN;
        if (known.length > 0 && isCountOnly() && shape.keys().size() == 1) {
            addKnown(blocks, known, table);
            return;
        }
        Selection selection = new Selection(part, mask, deadline, scratch);
        if (isCountOnly() && shape.keys().size() == 1
                && shape.keys().getFirst() instanceof Key.Values(Operand operand)
                && !(operand instanceof Operand.Field)) {
            countDerived(selection, blocks.derived(operand), table, scratch);
            return;
        }
        List<PartKey> keys = new ArrayList<>();
        for (int k = 0; k < shape.keys().size(); k++) {
            Key key = shape.keys().get(k);
            keys.add(
                    key instanceof Key.Values(Operand operand)
                            ? PartKey.values(blocks, operand)
                            : PartKey.calendar(blocks, key.operand(), calendars.get(k)));
        }
        PartGroups groups = new PartGroups(shape, blocks, keys, table, scratch);
        groups.scan(selection, known);
        groups.addToTable();
    }

    private boolean isCountOnly() {
        return shape.numbers().isEmpty() && shape.distincts().isEmpty();
    }

    /// Counts by a derived key: its codes are indexes into the table, so nothing is local to the part.
    private static void countDerived(Selection selection,
            DerivedCodes codes,
            GroupTable table,
            Scratch scratch) {
        while (selection.next()) {
            int count = selection.count();
            if (count == 0) {
                continue;
            }
            int[] some = scratch.codes;
            codes.read(selection.rows(), count, selection.isRun(), some, scratch.moreCodes);
            for (int i = 0; i < count; i++) {
                table.addCount(table.groupOfCode(some[i]), 1);
            }
        }
    }

    /// Live rows by local code of the only key, if the part has counted them; else empty.
    private long[] known(PartBlocks blocks) {
        if (shape.keys().size() != 1
                || !(shape.keys().getFirst() instanceof Key.Values(Operand.Field field))) {
            return NOT_KNOWN;
        }
        List<PartBlocks.Typed> typed = blocks.of(field);
        if (typed.size() != 1 || !(typed.getFirst().block() instanceof CodeBlock block)
                || !block.hasCounts()) {
            return NOT_KNOWN;
        }
        char[] counts = block.counts();
        long[] live = new long[counts.length];
        for (int local = 0; local < live.length; local++) {
            live[local] = counts[local];
        }
        if (blocks.part().dead().count() > 0) {
            takeOffDead(blocks.part(), block, live);
        }
        return live;
    }

    private static void takeOffDead(Part part, CodeBlock block, long[] live) {
        long[] words = part.dead().words(part.rows());
        for (int word = 0; word < words.length; word++) {
            for (long bits = words[word]; bits != 0; bits &= bits - 1) {
                int row = (word << 6) + Long.numberOfTrailingZeros(bits);
                live[(int) block.locals().at(row)]--;
            }
        }
    }

    private void addKnown(PartBlocks blocks, long[] known, GroupTable table) {
        PartBlocks.Typed typed = blocks.of(shape.keys().getFirst().operand()).getFirst();
        if (typed.block() instanceof CodeBlock block) {
            for (int local = 0; local < known.length; local++) {
                if (known[local] > 0) {
                    int tag = local == 0 ? 0 : typed.kind().tag();
                    table.addCount(table.groupOf(tag, block.global(local)), known[local]);
                }
            }
        }
    }

    /// Counts by one column of few values, without reading a row.
    private boolean addHistogram(Part part, GroupTable table) {
        if (shape.keys().size() != 1 || !shape.numbers().isEmpty() || !shape.distincts().isEmpty()
                || part.dead().count() > 0 || !part.isSealed()
                || !(shape.keys().getFirst() instanceof Key.Values(Operand.Field(String name)))) {
            return false;
        }
        ColumnId found = null;
        for (Kind kind : view.kinds(name)) {
            ColumnId column = new ColumnId(name, kind);
            if (part.stats(column) != null) {
                if (found != null) {
                    return false;
                }
                found = column;
            }
        }
        ColumnStats stats = found == null ? null : part.stats(found);
        if (found == null || stats == null || !stats.hasHistogram()) {
            return false;
        }
        for (int i = 0; i < stats.histogramSize(); i++) {
            if (stats.count(i) > 0) {
                int tag = stats.code(i) == 0 ? 0 : found.kind().tag();
                table.addCount(table.groupOf(tag, stats.code(i)), stats.count(i));
            }
        }
        return true;
    }
}
