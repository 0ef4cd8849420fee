package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.DeadRows;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/// A page out of the first rows of each part: those of most parts were remembered, so a page takes
/// about as long as it is far from the beginning, however many rows there are.
final class PageMerge {
    /// Beyond so many rows from the beginning one pass over all rows is cheaper.
    private static final int ROWS_MAX = 16_384;
    /// Rows of a part for each that it has of the page on average.
    private static final int SPARE = 4;

    private final TableView view;
    private final PageQuery query;
    private final BoundFilter bound;
    private final RowSets.Of sets;
    private final FirstRows.Of firsts;
    private final QueryCache cache;
    private final Deadline deadline;
    private final int runRowsMin;
    private final TextOrders orders = new TextOrders();
    private final boolean descending;

    /// @param query one this is for
    /// @param runRowsMin rows of each part that are found at least
    PageMerge(TableView view,
            PageQuery query,
            BoundFilter bound,
            RowSets.Of sets,
            FirstRows.Of firsts,
            QueryCache cache,
            Deadline deadline,
            int runRowsMin) {
        this.view = view;
        this.query = query;
        this.bound = bound;
        this.sets = sets;
        this.firsts = firsts;
        this.cache = cache;
        this.deadline = deadline;
        this.runRowsMin = runRowsMin;
        this.descending = query.sorts().getFirst().descending();
    }

    /// Whether the page is near enough, and rows are sorted by their own values alone.
    static boolean isFor(PageQuery query) {
        return query.offset() + query.limit() <= ROWS_MAX && !query.sorts().isEmpty()
                && query.sorts()
                        .stream()
                        .allMatch(sort -> sort.operand() instanceof Operand.Field);
    }

    PageResult run(PartScans scans) {
        List<Source> sources = new ArrayList<>();
        List<Part> missing = new ArrayList<>();
        for (Part part : view.parts()) {
            remembered(part).ifPresentOrElse(sources::add, () -> missing.add(part));
        }
        if (!missing.isEmpty()) {
            scans.split(missing, false, some -> some.stream().map(this::made).toList())
                    .forEach(sources::addAll);
        }
        long total = 0;
        PriorityQueue<Source> queue = new PriorityQueue<>(Math.max(1, sources.size()),
                this::compare);
        for (Source source : sources) {
            total += source.passing;
            if (source.passing > 0 && source.advance()) {
                queue.add(source);
            }
        }
        return new PageResult(rows(queue), total);
    }

    private List<Long> rows(PriorityQueue<Source> queue) {
        int end = query.offset() + query.limit();
        List<Long> page = new ArrayList<>();
        for (int i = 0; i < end && !queue.isEmpty(); i++) {
            Source next = queue.remove();
            if (i >= query.offset()) {
                page.add(next.part.rowNumber(next.row));
            }
            if (next.advance()) {
                queue.add(next);
            }
        }
        return page;
    }

    private int compare(Source one, Source other) {
        int order = Contenders.order(descending, one.rank, one.number, other.rank, other.number);
        for (int s = 0; order == 0 && s < query.sorts().size(); s++) {
            order = SortCells.compare(
                    one.columns.get(s),
                    one.row,
                    other.columns.get(s),
                    other.row,
                    query.sorts().get(s));
        }
        return order != 0
                ? order
                : Long.compare(one.part.rowNumber(one.row), other.part.rowNumber(other.row));
    }

    private Optional<Source> remembered(Part part) {
        Optional<Mask> mask = sets.find(part);
        if (mask.isEmpty()) {
            return Optional.empty();
        }
        return firsts.find(part)
                .map(run -> new Source(part, new PartBlocks(view, part, cache), mask.get(), run));
    }

    private Source made(Part part) {
        deadline.check();
        PartBlocks blocks = new PartBlocks(view, part, cache);
        Mask mask = sets.on(part, () -> bound.on(blocks));
        int share = (query.offset() + query.limit()) / view.parts().size();
        int rows = Math.max(runRowsMin, Integer.highestOneBit(SPARE * share + 1) * 2);
        return new Source(part, blocks, mask, firstRows(blocks, mask, rows));
    }

    /// Of all rows that pass, dead ones too: views of different age share them, and a longer run begins
    /// with each shorter one.
    private char[] firstRows(PartBlocks blocks, Mask mask, int rowsMax) {
        Part part = blocks.part();
        TopRows top = new TopRows(query.sorts(), Math.min(rowsMax, part.rows()), orders);
        if (!mask.equals(Mask.Constant.NONE)) {
            try (Scratch scratch = Scratch.lent()) {
                top.scan(blocks,
                        Selection.deadOrAlive(part, mask, deadline, scratch),
                        scratch);
            }
        }
        char[] run = top.positions();
        firsts.keep(part, run);
        return run;
    }

    /// The rows of a part that pass, one after the other.
    private final class Source {
        private final Part part;
        private final DeadRows dead;
        private final PartBlocks blocks;
        private final Mask mask;
        private final List<SortCells> columns;
        private final long passing;
        private char[] run;
        private int next;
        private int given;
        private int row;
        private int rank;
        private long number;

        private Source(Part part, PartBlocks blocks, Mask mask, char[] run) {
            this.part = part;
            this.dead = part.dead();
            this.blocks = blocks;
            this.mask = mask;
            this.run = run;
            passing = RowSets.live(part, mask);
            columns = passing == 0
                    ? List.of()
                    : query.sorts()
                            .stream()
                            .map(
                                    sort -> new SortCells(blocks.of(sort.operand()), sort.exact(),
                                            orders))
                            .toList();
        }

        /// Goes to the next row that is alive; false at the end.
        private boolean advance() {
            if (given == passing) {
                return false;
            }
            while (!find()) {
                // Those remembered are used up or dead: look for more, these included.
                int before = run.length;
                run = firstRows(blocks, mask, SPARE * Math.max(given + 1, before));
                if (run.length <= before) {
                    throw new IllegalStateException(
                            "only " + given + " of " + passing + " rows pass");
                }
            }
            given++;
            rank = columns.getFirst().rank(row);
            number = columns.getFirst().number(row);
            return true;
        }

        private boolean find() {
            while (next < run.length) {
                row = run[next++];
                if (!dead.isDead(row)) {
                    return true;
                }
            }
            return false;
        }
    }
}
