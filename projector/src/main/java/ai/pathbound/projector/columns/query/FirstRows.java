package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Part;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The first rows of runs of rows, among those that pass a filter, in an order: remembered up to a
/// budget of bytes. Cells never change and neither does the order of two rows. Rows are in a run dead
/// or alive, so it is right for each view of these rows; a reader passes over those dead in its own.
final class FirstRows {
    private static final int ORDERS_MAX = 1_000;

    private final Cache<Order, Long> names;
    private final Cache<Key, char[]> runs;
    private final AtomicLong lastName = new AtomicLong();

    FirstRows(long bytesMax) {
        this.names = Caffeine.newBuilder().maximumSize(ORDERS_MAX).build();
        this.runs = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((Key _, char[] run) -> 150 + 2 * run.length)
                .build();
    }

    private record Order(long filter, List<PageQuery.Sort> sorts) {}

    private record Key(long order, long rows) {}

    /// What is remembered of an order of the rows that pass a filter.
    Of of(long filter, List<PageQuery.Sort> sorts) {
        return new Of(names.get(new Order(filter, sorts), _ -> lastName.incrementAndGet()));
    }

    /// The runs of one order.
    final class Of {
        private final long name;

        private Of(long name) {
            this.name = name;
        }

        /// Positions in the part, of dead rows too; do not change the array.
        Optional<char[]> find(Part part) {
            return Optional.ofNullable(runs.getIfPresent(new Key(name, part.rowsStamp())));
        }

        /// @param run found among all rows of the part, dead or alive
        void keep(Part part, char[] run) {
            runs.put(new Key(name, part.rowsStamp()), run);
        }
    }
}
