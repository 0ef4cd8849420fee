package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Splits work over the parts of a view and merges what is remembered of them.
final class PartScans {
    /// Runs of 16 parts are remembered together, and runs of 16 of those: when an old part changes, what
    /// is found anew grows with the logarithm of history.
    private static final int FAN = 16;

    private final Workers workers;
    private final AnswerMemory memory;
    private final Underway underway = new Underway();

    PartScans(Workers workers, AnswerMemory memory) {
        this.workers = workers;
        this.memory = memory;
    }

    /// One result for each worker; parts in order, or the newest first.
    <T> List<T> split(List<Part> parts, boolean newestFirst, Function<List<Part>, T> scan) {
        return workers.split(newestFirst ? parts.reversed() : parts, scan);
    }

    /// Adds up the answers of all parts.
    GroupTable group(TableView view,
            GroupShape shape,
            AnswerMemory.Question question,
            Deadline deadline,
            PartGrouping grouping) {
        List<Part> parts = view.parts();
        int sealed = 0;
        while (sealed < parts.size() && parts.get(sealed).isSealed()) {
            sealed++;
        }
        GroupTable old = sealed(
                parts.subList(0, sealed),
                memory.asked(view, question),
                shape,
                question,
                deadline,
                grouping);
        GroupTable all = old.over();
        scanInto(all, parts.subList(sealed, parts.size()), grouping);
        return all;
    }

    /// The answer of all sealed parts, which is most often remembered.
    private GroupTable sealed(List<Part> parts,
            AnswerMemory.Of known,
            GroupShape shape,
            AnswerMemory.Question question,
            Deadline deadline,
            PartGrouping grouping) {
        Optional<AnswerMemory.Whole> before = known.whole()
                .filter(whole -> whole.isStartOf(parts));
        if (before.isPresent() && before.get().parts() == parts.size()) {
            return before.get().answer();
        }
        GroupTable made = underway.share(
                question,
                parts,
                deadline,
                () -> before.isPresent()
                        ? extended(before.get(), parts, shape, grouping)
                        : switch (known.keeping()) {
                            case NOTHING, WHOLE -> scanned(parts, shape, grouping);
                            case RUNS_AND_WHOLE ->
                                merged(remembered(parts, known, shape, grouping), shape);
                        });
        // Also by who only waited for the first to ask: it is asked again.
        known.keepWhole(parts, made);
        return made;
    }

    /// Adds the parts that were sealed since, a few as a rule.
    private GroupTable extended(AnswerMemory.Whole before,
            List<Part> parts,
            GroupShape shape,
            PartGrouping grouping) {
        GroupTable made = before.answer().over();
        List<Part> since = parts.subList(before.parts(), parts.size());
        if (since.size() <= FAN) {
            scanInto(made, since, grouping);
        } else {
            made.merge(scanned(since, shape, grouping));
        }
        return made;
    }

    private GroupTable scanned(List<Part> parts, GroupShape shape, PartGrouping grouping) {
        // First, so that threads share what is left: handing work over costs more than a part or two.
        List<Part> open = parts.stream().filter(part -> !grouping.rulesOut(part)).toList();
        List<GroupTable> tables = workers.split(open, some -> scan(some, shape, grouping));
        // Nobody else knows these tables: the first takes the others in.
        GroupTable all = tables.getFirst();
        tables.subList(1, tables.size()).forEach(all::merge);
        all.settle();
        return all;
    }

    /// Adds the rows of a part to a table.
    interface PartGrouping {
        void add(Part part, GroupTable table, Scratch scratch);

        /// Whether a look at statistics says that there is nothing to add.
        boolean rulesOut(Part part);
    }

    /// A table of these parts that is yet to be settled.
    private static GroupTable scan(List<Part> parts, GroupShape shape, PartGrouping grouping) {
        GroupTable table = new GroupTable(shape);
        addAll(parts, table, grouping);
        return table;
    }

    private static void scanInto(GroupTable table, List<Part> parts, PartGrouping grouping) {
        addAll(parts, table, grouping);
        table.settle();
    }

    private static void addAll(List<Part> parts, GroupTable table, PartGrouping grouping) {
        try (Scratch scratch = Scratch.lent()) {
            for (Part part : parts) {
                grouping.add(part, table, scratch);
                table.fit();
            }
        }
    }

    private static GroupTable merged(List<GroupTable> tables, GroupShape shape) {
        GroupTable all = new GroupTable(shape);
        tables.forEach(all::merge);
        return all;
    }

    private List<GroupTable> remembered(List<Part> parts,
            AnswerMemory.Of known,
            GroupShape shape,
            PartGrouping grouping) {
        List<GroupTable> found = new ArrayList<>();
        List<List<Part>> toScan = new ArrayList<>();
        int from = 0;
        while (from < parts.size()) {
            int rest = parts.size() - from;
            int size = rest >= FAN * FAN ? FAN * FAN : rest >= FAN ? FAN : 1;
            List<Part> run = parts.subList(from, from + size);
            known.find(run).ifPresentOrElse(found::add, () -> {
                if (run.size() > FAN) {
                    found.add(large(run, known, shape, grouping));
                } else {
                    toScan.add(run);
                }
            });
            from += size;
        }
        found.addAll(scanned(toScan, known, shape, grouping));
        return found;
    }

    private GroupTable large(List<Part> run,
            AnswerMemory.Of known,
            GroupShape shape,
            PartGrouping grouping) {
        List<GroupTable> found = new ArrayList<>();
        List<List<Part>> toScan = new ArrayList<>();
        for (int from = 0; from < run.size(); from += FAN) {
            List<Part> small = run.subList(from, from + FAN);
            known.find(small).ifPresentOrElse(found::add, () -> toScan.add(small));
        }
        found.addAll(scanned(toScan, known, shape, grouping));
        GroupTable all = merged(found, shape);
        known.keep(run, all);
        return all;
    }

    private List<GroupTable> scanned(List<List<Part>> runs,
            AnswerMemory.Of known,
            GroupShape shape,
            PartGrouping grouping) {
        return workers.split(runs, some -> some.stream().map(run -> {
            GroupTable table = new GroupTable(shape);
            scanInto(table, run, grouping);
            known.keep(run, table);
            return table;
        }).toList()).stream().flatMap(List::stream).toList();
    }
}
