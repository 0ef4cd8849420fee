package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Splits work over the parts of a view and merges what is remembered of them.
final class PartScans {
    /// Runs of 16 parts are remembered together, and runs of 16 of those: what a remembered question
    /// costs grows with the logarithm of history.
    private static final int FAN = 16;

    private final Workers workers;
    private final AnswerMemory memory;

    PartScans(Workers workers, AnswerMemory memory) {
        this.workers = workers;
        this.memory = memory;
    }

    /// One result for each worker; parts in order, or the newest first.
    <T> List<T> split(List<Part> parts, boolean newestFirst, Function<List<Part>, T> scan) {
        return workers.split(newestFirst ? parts.reversed() : parts, scan);
    }

    long retainedBytes() {
        return memory.retainedBytes();
    }

    /// Adds up the answers of all parts.
    GroupTable group(TableView view, GroupShape shape, Object question, PartGrouping grouping) {
        List<Part> parts = view.parts();
        AnswerMemory.Keeping keeping = memory.asked(question);
        if (keeping == AnswerMemory.Keeping.NOTHING) {
            return scanned(parts, shape, grouping);
        }
        int sealed = 0;
        while (sealed < parts.size() && parts.get(sealed).isSealed()) {
            sealed++;
        }
        List<Part> old = parts.subList(0, sealed);
        GroupTable whole = memory.find(question, old).orElseGet(() -> {
            GroupTable made = keeping == AnswerMemory.Keeping.WHOLE
                    ? scanned(old, shape, grouping)
                    : merged(remembered(old, question, shape, grouping), shape);
            memory.keepWhole(question, old, made);
            return made;
        });
        return merged(
                List.of(whole, scan(parts.subList(sealed, parts.size()), shape, grouping)),
                shape);
    }

    private GroupTable scanned(List<Part> parts, GroupShape shape, PartGrouping grouping) {
        List<GroupTable> tables = workers.split(parts, some -> scan(some, shape, grouping));
        // Nobody else knows these tables: the first takes the others in.
        GroupTable all = tables.getFirst();
        tables.subList(1, tables.size()).forEach(all::merge);
        return all;
    }

    /// Adds the rows of a part to a table.
    interface PartGrouping {
        void add(Part part, GroupTable table);
    }

    private static GroupTable scan(List<Part> parts, GroupShape shape, PartGrouping grouping) {
        GroupTable table = new GroupTable(shape);
        parts.forEach(part -> grouping.add(part, table));
        return table;
    }

    private static GroupTable merged(List<GroupTable> tables, GroupShape shape) {
        GroupTable all = new GroupTable(shape);
        tables.forEach(all::merge);
        return all;
    }

    private List<GroupTable> remembered(List<Part> parts,
            Object question,
            GroupShape shape,
            PartGrouping grouping) {
        List<GroupTable> found = new ArrayList<>();
        List<List<Part>> toScan = new ArrayList<>();
        int from = 0;
        while (from < parts.size()) {
            int rest = parts.size() - from;
            int size = rest >= FAN * FAN ? FAN * FAN : rest >= FAN ? FAN : 1;
            List<Part> run = parts.subList(from, from + size);
            memory.find(question, run).ifPresentOrElse(found::add, () -> {
                if (run.size() > FAN) {
                    found.add(large(run, question, shape, grouping));
                } else {
                    toScan.add(run);
                }
            });
            from += size;
        }
        found.addAll(scanned(toScan, question, shape, grouping));
        return found;
    }

    private GroupTable large(List<Part> run,
            Object question,
            GroupShape shape,
            PartGrouping grouping) {
        List<GroupTable> found = new ArrayList<>();
        List<List<Part>> toScan = new ArrayList<>();
        for (int from = 0; from < run.size(); from += FAN) {
            List<Part> small = run.subList(from, from + FAN);
            memory.find(question, small).ifPresentOrElse(found::add, () -> toScan.add(small));
        }
        found.addAll(scanned(toScan, question, shape, grouping));
        GroupTable all = merged(found, shape);
        memory.keep(question, run, all);
        return all;
    }

    private List<GroupTable> scanned(List<List<Part>> runs,
            Object question,
            GroupShape shape,
            PartGrouping grouping) {
        return workers.split(runs, some -> some.stream().map(run -> {
            GroupTable table = scan(run, shape, grouping);
            memory.keep(question, run, table);
            return table;
        }).toList()).stream().flatMap(List::stream).toList();
    }
}
