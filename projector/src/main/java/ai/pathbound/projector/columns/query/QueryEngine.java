package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/// Answers questions over views; keeps nothing of a view but what its cache may hold. Any number of
/// threads may ask.
public final class QueryEngine {
    /// Part of the budget for texts that filters found.
    private static final int TEXTS_SHARE = 8;
    /// Part of the budget for rows that filters found, and for the first ones of orders.
    private static final int SETS_SHARE = 4;

    private final PartScans scans;
    private final TextMatches texts;
    private final RowSets sets;
    private final FirstRows firsts;
    private final CodeMaps maps = new CodeMaps();
    private final Thresholds thresholds;

    private QueryEngine(PartScans scans, TextMatches texts, RowSets sets, FirstRows firsts,
            Thresholds thresholds) {
        this.scans = scans;
        this.texts = texts;
        this.sets = sets;
        this.firsts = firsts;
        this.thresholds = thresholds;
    }

    /// The same engine, its remembered answers too, with other thresholds.
    QueryEngine with(Thresholds others) {
        return new QueryEngine(scans, texts, sets, firsts, others);
    }

    /// An engine that works on the caller's thread and remembers nothing.
    public static QueryEngine simple() {
        return new QueryEngine(new PartScans(Workers.NONE, new AnswerMemory(0)),
                new TextMatches(0, Workers.NONE), new RowSets(0), new FirstRows(0),
                Thresholds.DEFAULT);
    }

    /// The same engine, its remembered answers too, with another bound of the memory that the distinct
    /// values of a metric may take on a thread, in bytes; beyond it they are estimated.
    public QueryEngine withDistinctBytesMax(long bytesMax) {
        return with(thresholds.withDistinctBytesMax(bytesMax));
    }

    /// An engine that splits large questions over threads of an executor, the caller's among them, and
    /// remembers part answers up to a budget. The executor may refuse: the caller's thread goes on.
    public static QueryEngine parallel(Executor executor, int threads, long memoryBytesMax) {
        Workers workers = new Workers(executor, threads);
        return new QueryEngine(
                new PartScans(workers, new AnswerMemory(memoryBytesMax)),
                new TextMatches(memoryBytesMax / TEXTS_SHARE, workers),
                new RowSets(memoryBytesMax / SETS_SHARE),
                new FirstRows(memoryBytesMax / SETS_SHARE),
                Thresholds.DEFAULT);
    }

    /// The map from the texts of one column to those of another in the same row, as from contact id to
    /// industry. Each live row must have a key of its own. The first time for a view costs a pass over
    /// both columns.
    public CodeMap between(TableView view, String key, String value) {
        return maps.between(view, key, value);
    }

    /// Bytes of remembered part answers.
    public long retainedBytes() {
        return scans.retainedBytes();
    }

    /// How many rows pass.
    public long count(TableView view, Filter filter, Deadline deadline) {
        if (filter.equals(Filter.EVERYTHING)) {
            return view.liveRows();
        }
        BoundFilter bound = BoundFilter.of(filter, texts);
        RowSets.Of known = sets.of(filter);
        GroupTable table = scans.group(
                view,
                GroupShape.COUNT,
                new Counted(Remembered.of(filter)),
                deadline,
                new Counting(view, bound, known, deadline));
        return table.groups() == 0 ? 0 : table.count(0);
    }

    /// A count, as what its part answers are remembered under.
    private record Counted(Filter filter) {}

    /// Counts the rows of parts that pass.
    private record Counting(TableView view, BoundFilter bound, RowSets.Of known, Deadline deadline)
            implements
                PartScans.PartGrouping {
        @Override
        public boolean rulesOut(Part part) {
            return bound.rulesOut(view, part);
        }

        @Override
        public void add(Part part, GroupTable counts, Scratch scratch) {
            counts.addCount(counts.anyGroup(), count(part, scratch));
        }

        private long count(Part part, Scratch scratch) {
            deadline.check();
            Mask mask = known.on(part, () -> bound.on(new PartBlocks(view, part)));
            if (mask instanceof Mask.Constant(boolean passes)) {
                return passes ? part.liveRows() : 0;
            }
            return new Selection(part, mask, deadline, scratch).countAll();
        }
    }

    /// Groups with their metrics.
    public GroupResult group(TableView view, GroupQuery query, Deadline deadline) {
        GroupShape shape = GroupShape.of(query, thresholds);
        GroupTable table = new GroupScan(view, query.filter(), texts, shape, deadline).run(scans);
        return new GroupAnswer(view, query, shape, table).result();
    }

    /// One page of row numbers, sorted.
    public PageResult page(TableView view, PageQuery query, Deadline deadline) {
        BoundFilter bound = BoundFilter.of(query.filter(), texts);
        RowSets.Of known = sets.of(query.filter());
        OptionalLong name = known.name();
        int end = query.offset() + query.limit();
        if (name.isPresent() && PageMerge.isFor(query)) {
            return new PageMerge(view, query, bound, known,
                    firsts.of(name.getAsLong(), query.sorts()), deadline,
                    thresholds.runRowsMin()).run(scans);
        }
        TextOrders orders = new TextOrders();
        // The newest rows are the likely winners of a descending sort, and rule the others out.
        boolean newestFirst = !query.sorts().isEmpty() && query.sorts().getFirst().descending();
        List<TopRows> tops = scans.split(view.parts(), newestFirst, parts -> {
            TopRows top = new TopRows(query.sorts(), end, orders);
            try (Scratch scratch = Scratch.lent()) {
                for (Part part : parts) {
                    deadline.check();
                    PartBlocks blocks = new PartBlocks(view, part);
                    Mask mask = known.on(part, () -> bound.on(blocks));
                    if (!mask.equals(Mask.Constant.NONE)) {
                        top.scan(blocks, new Selection(part, mask, deadline, scratch), scratch);
                    }
                }
            }
            return top;
        });
        TopRows all = new TopRows(query.sorts(), end, orders);
        tops.forEach(all::merge);
        return new PageResult(all.sorted(query.offset()), all.seen());
    }
}
