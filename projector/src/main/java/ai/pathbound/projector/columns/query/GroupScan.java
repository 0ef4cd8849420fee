package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.block.ColumnStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Groups the rows of a view.
final class GroupScan implements PartScans.PartGrouping {
    private static final long[] NOT_KNOWN = new long[0];

    private final TableView view;
    private final Filter asked;
    private final BoundFilter filter;
    private final GroupShape shape;
    private final Deadline deadline;
    private final QueryCache cache;
    /// The only key, if rows are only counted by it and it is no field.
    private final Optional<Operand> derivedKey;
    /// Whether the filter wants that key to have a value, which then nobody has to look at for each row:
    /// it is the same as leaving out the group without one.
    private final boolean isOfKnownKey;
    private final List<Calendar> calendars = new ArrayList<>();

    GroupScan(TableView view, Filter filter, TextMatches texts, GroupShape shape,
            QueryCache cache,
            Deadline deadline) {
        this.cache = cache;
        this.view = view;
        this.asked = filter;
        this.derivedKey = derivedKey(shape);
        this.isOfKnownKey = derivedKey.filter(key -> requires(filter, key)).isPresent();
        this.filter = BoundFilter.of(isOfKnownKey ? others(filter, derivedKey.get()) : filter,
                texts);
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
                .group(view, kept, new Question(Remembered.of(asked), kept), deadline, this);
        if (shape.keys().isEmpty()) {
            // Without keys there is one group, also of no rows.
            all.anyGroup();
        }
        return all;
    }

    private record Question(Filter filter, GroupShape shape) implements AnswerMemory.Question {
        @Override
        public long bytes() {
            return Sizes.of(filter) + Sizes.of(shape);
        }
    }

    @Override
    public boolean rulesOut(Part part) {
        return filter.rulesOut(view, part);
    }

    @Override
    public void add(Part part, GroupTable table, Scratch scratch) {
        deadline.check();
        PartBlocks blocks = new PartBlocks(view, part, cache);
        Mask mask = filter.on(blocks);
        if (mask.equals(Mask.Constant.NONE) || part.liveRows() == 0) {
            return;
        }
        if (mask.equals(Mask.Constant.ALL) && addHistogram(part, table)) {
            return;
        }
        Optional<KnownGroups> known = mask.equals(Mask.Constant.ALL)
                ? KnownGroups.of(blocks, shape)
                : Optional.empty();
        if (known.isPresent() && known.get().addTo(table)) {
            return;
        }
        Selection selection = new Selection(part, mask, deadline, scratch);
        if (derivedKey.isPresent()) {
            countDerived(selection, blocks, derivedKey.get(), table, scratch);
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
        groups.scan(selection, known.map(KnownGroups::rows).orElse(NOT_KNOWN));
        groups.addToTable();
    }

    private static Optional<Operand> derivedKey(GroupShape shape) {
        return shape.isCountOnly() && shape.keys().size() == 1
                && shape.keys().getFirst() instanceof Key.Values(Operand operand)
                && !(operand instanceof Operand.Field) ? Optional.of(operand) : Optional.empty();
    }

    private static boolean requires(Filter filter, Operand key) {
        return filter.equals(new Filter.Exists(key)) || (filter instanceof Filter.All(var all)
                && all.contains(new Filter.Exists(key)));
    }

    /// What else such a filter asks for.
    private static Filter others(Filter filter, Operand key) {
        return filter instanceof Filter.All(var all)
                ? new Filter.All(
                        all.stream()
                                .filter(each -> !each.equals(new Filter.Exists(key)))
                                .toList())
                : Filter.EVERYTHING;
    }

    /// Counts by a derived key: its codes are indexes into the table, so nothing is local to the part.
    private void countDerived(Selection selection,
            PartBlocks blocks,
            Operand key,
            GroupTable table,
            Scratch scratch) {
        DerivedCodes codes = blocks.derived(key);
        int codesEnd = PartBlocks.target(key).size() + 1;
        while (selection.next()) {
            int count = selection.count();
            if (count == 0) {
                continue;
            }
            int[] some = scratch.codes;
            codes.read(selection.rows(), count, selection.isRun(), some, scratch.moreCodes);
            int known = isOfKnownKey ? withoutMissing(some, count) : count;
            if (known > 0) {
                table.countCodes(some, known, codesEnd);
            }
        }
    }

    /// Moves the codes of rows with a value to the front; says how many.
    private static int withoutMissing(int[] codes, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int code = codes[i];
            codes[kept] = code;
            kept += code == 0 ? 0 : 1;
        }
        return kept;
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
