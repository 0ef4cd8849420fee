package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.block.ColumnStats;
import java.util.ArrayList;
import java.util.List;

/// Groups the rows of a view.
final class GroupScan {
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
        GroupTable all = scans.group(view, shape, new Question(asked, shape), this::scan);
        if (shape.keys().isEmpty()) {
            // Without keys there is one group, also of no rows.
            all.anyGroup();
        }
        return all;
    }

    /// What an answer of a part depends on, beside the part.
    private record Question(Filter filter, GroupShape shape) {}

    private void scan(Part part, GroupTable table) {
        deadline.check();
        PartBlocks blocks = new PartBlocks(view, part);
        Mask mask = filter.on(blocks);
        if (mask.equals(Mask.NONE) || part.liveRows() == 0) {
            return;
        }
        if (mask.equals(Mask.ALL) && addHistogram(part, table)) {
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
        PartGroups groups = new PartGroups(shape, blocks, keys);
        groups.scan(new Selection(part, mask, deadline));
        groups.addTo(table);
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
