package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Part;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The first rows of runs of rows, among those that pass a filter, in an order: remembered. Cells never
/// change and neither does the order of two rows. Rows are in a run dead or alive, so it is right for
/// each view of these rows; a reader passes over those dead in its own.
final class FirstRows {
    private final QueryCache cache;
    private final AtomicLong lastName = new AtomicLong();

    FirstRows(QueryCache cache) {
        this.cache = cache;
    }

    private record Order(long filter, List<PageQuery.Sort> sorts)
            implements
                QueryCache.Key<Long> {
        @Override
        public QueryCache.Area area() {
            return QueryCache.Area.QUESTIONS;
        }
    }

    private record Key(long order, long rows) implements QueryCache.Key<char[]> {
        @Override
        public QueryCache.Area area() {
            return QueryCache.Area.SORTED_RUNS;
        }
    }

    /// What is remembered of an order of the rows that pass a filter.
    Of of(long filter, List<PageQuery.Sort> sorts) {
        Order order = new Order(filter, sorts);
        return new Of(cache.find(order).orElseGet(() -> {
            long name = lastName.incrementAndGet();
            cache.keep(order, name, Sizes.of(sorts));
            return name;
        }));
    }

    /// The runs of one order.
    final class Of {
        private final long name;

        private Of(long name) {
            this.name = name;
        }

        /// Positions in the part, of dead rows too; do not change the array.
        Optional<char[]> find(Part part) {
            return cache.find(new Key(name, part.rowsStamp()));
        }

        /// @param run found among all rows of the part, dead or alive
        void keep(Part part, char[] run) {
            cache.keep(new Key(name, part.rowsStamp()), run, 2L * run.length);
        }
    }
}
