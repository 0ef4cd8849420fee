package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/// Answers questions over views; keeps nothing of a view but what its [cache][QueryCache] may hold. Any
/// number of threads may ask.
public final class QueryEngine {
    private final PartScans scans;
    private final QueryCache cache;
    private final TextMatches texts;
    private final RowSets sets;
    private final FirstRows firsts;
    private final CodeMaps maps;
    private final Thresholds thresholds;

    private QueryEngine(Workers workers, QueryCache cache) {
        this.cache = cache;
        this.scans = new PartScans(workers, new AnswerMemory(cache));
        this.texts = new TextMatches(cache, workers);
        this.sets = new RowSets(cache);
        this.firsts = new FirstRows(cache);
        this.maps = new CodeMaps(cache);
        this.thresholds = Thresholds.DEFAULT;
    }

    private QueryEngine(QueryEngine of, Thresholds thresholds) {
        this.cache = of.cache;
        this.scans = of.scans;
        this.texts = of.texts;
        this.sets = of.sets;
        this.firsts = of.firsts;
        this.maps = of.maps;
        this.thresholds = thresholds;
    }

    /// The same engine, its cache too, with other thresholds.
    QueryEngine with(Thresholds others) {
        return new QueryEngine(this, others);
    }

    /// An engine that works on the caller's thread and keeps nothing.
    public static QueryEngine simple() {
        return new QueryEngine(Workers.NONE, new QueryCache(0));
    }

    /// The same engine, its remembered answers too, with another bound of the memory that the distinct
    /// values of a metric may take on a thread, in bytes; beyond it they are estimated.
    public QueryEngine withDistinctBytesMax(long bytesMax) {
        return with(thresholds.withDistinctBytesMax(bytesMax));
    }

    /// An engine that splits large questions over threads of an executor, the caller's among them, and
    /// keeps what it derives up to a budget. The executor may refuse: the caller's thread goes on.
    public static QueryEngine parallel(Executor executor, int threads, long memoryBytesMax) {
        return new QueryEngine(new Workers(executor, threads), new QueryCache(memoryBytesMax));
    }

    /// The map from the texts of one column to those of another in the same row, as from contact id to
    /// industry. Each live row must have a key of its own. The first time for a view costs a pass over
    /// both columns. While no row maps otherwise, maps of later views equal it.
    public CodeMap between(TableView view, String key, String value) {
        return maps.between(view, key, value);
    }

    /// What is kept of all questions.
    public QueryCache cache() {
        return cache;
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
                new Counting(view, bound, known, cache, deadline));
        return table.groups() == 0 ? 0 : table.count(0);
    }

    /// A count, as what its part answers are remembered under.
    private record Counted(Filter filter) implements AnswerMemory.Question {
        @Override
        public long bytes() {
            return Sizes.of(filter);
        }
    }

    /// Counts the rows of parts that pass.
    private record Counting(TableView view,
            BoundFilter bound,
            RowSets.Of known,
            QueryCache cache,
            Deadline deadline)
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
            Mask mask = known.on(part, () -> bound.on(new PartBlocks(view, part, cache)));
            if (mask instanceof Mask.Constant(boolean passes)) {
                return passes ? part.liveRows() : 0;
            }
            return new Selection(part, mask, deadline, scratch).countAll();
        }
    }

    /// Groups with their metrics.
    public GroupResult group(TableView view, GroupQuery query, Deadline deadline) {
        GroupShape shape = GroupShape.of(query, thresholds);
        GroupTable table = groups(view, query.filter(), shape, deadline);
        return new GroupAnswer(view, query, shape, table).result();
    }

    private GroupTable groups(TableView view, Filter filter, GroupShape shape, Deadline deadline) {
        return new GroupScan(view, filter, texts, shape, cache, deadline).run(scans);
    }

    /// The latest time of each text of an operand that is no field, among the rows that pass.
    public Latest latest(TableView view,
            Filter filter,
            Operand of,
            String time,
            Deadline deadline) {
        GroupQuery query = new GroupQuery(filter, List.of(new Key.Values(of)),
                List.of(new Metric.Max(Operand.field(time))), List.of(), 1);
        return new Latest(groups(view, filter, GroupShape.of(query, thresholds), deadline),
                PartBlocks.target(of));
    }

    private record LatestKey(long view, Filter filter, Operand of, String time, long endMillis)
            implements
                QueryCache.Key<CodeSet> {
        @Override
        public QueryCache.Area area() {
            return QueryCache.Area.LATEST;
        }
    }

    /// The texts of an operand whose [latest][#latest] time is before an end.
    public CodeSet latestBefore(TableView view,
            Filter filter,
            Operand of,
            String time,
            long endMillis,
            Deadline deadline) {
        Filter remembered = Remembered.of(filter);
        LatestKey key = new LatestKey(view.stamp(), remembered, Remembered.of(of), time,
                endMillis);
        return cache.find(key).orElseGet(() -> {
            CodeSet found = latest(view, filter, of, time, deadline).before(endMillis);
            cache.keep(key, found, found.retainedBytes() + Sizes.of(remembered));
            return found;
        });
    }

    /// A page of the texts of a column, of rows that pass, in the order of their latest times; those
    /// without one come last, equally late ones go by text.
    ///
    /// @param column one with the dictionary of the operand of `latest`
    public Latest.Ranked ranked(TableView view,
            Filter filter,
            String column,
            Latest latest,
            boolean descending,
            int offset,
            int limit,
            Deadline deadline) {
        GroupQuery query = new GroupQuery(filter, List.of(Key.values(column)), List.of(),
                List.of(), 1);
        return latest.ranked(groups(view, filter, GroupShape.of(query, thresholds), deadline),
                view.dictionary(new ColumnId(column, Kind.TEXT)),
                descending,
                offset,
                limit);
    }

    /// One page of row numbers, sorted.
    public PageResult page(TableView view, PageQuery query, Deadline deadline) {
        BoundFilter bound = BoundFilter.of(query.filter(), texts);
        RowSets.Of known = sets.of(query.filter());
        OptionalLong name = known.name();
        int end = query.offset() + query.limit();
        if (name.isPresent() && PageMerge.isFor(query)) {
            return new PageMerge(view, query, bound, known,
                    firsts.of(name.getAsLong(), query.sorts()), cache, deadline,
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
                    PartBlocks blocks = new PartBlocks(view, part, cache);
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
