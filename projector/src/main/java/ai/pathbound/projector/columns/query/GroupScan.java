package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import java.util.ArrayList;
import java.util.List;

/// Groups the rows of a view.
final class GroupScan {
    private final TableView view;
    private final BoundFilter filter;
    private final GroupShape shape;
    private final Deadline deadline;
    private final List<Calendar> calendars = new ArrayList<>();

    GroupScan(TableView view, Filter filter, GroupShape shape, Deadline deadline) {
        this.view = view;
        this.filter = BoundFilter.of(filter);
        this.shape = shape;
        this.deadline = deadline;
        for (Key key : shape.keys()) {
            // Plain values have no calendar; theirs is never asked.
            calendars.add(Calendar.of(key));
        }
    }

    GroupTable run(PartScans scans) {
        GroupTable all = new GroupTable(shape);
        for (GroupTable some : scans.split(view.parts(), this::scan)) {
            all.merge(some);
        }
        if (shape.keys().isEmpty()) {
            // Without keys there is one group, also of no rows.
            all.anyGroup();
        }
        return all;
    }

    private GroupTable scan(List<Part> parts) {
        GroupTable table = new GroupTable(shape);
        for (Part part : parts) {
            scan(part, table);
        }
        return table;
    }

    private void scan(Part part, GroupTable table) {
        deadline.check();
        PartBlocks blocks = new PartBlocks(view, part);
        Mask mask = filter.on(blocks);
        if (mask.equals(Mask.NONE) || part.liveRows() == 0) {
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
}
