package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Part;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which rows of a part pass a filter, remembered: a bit for each row. Their cells never change, so a
/// set stays right whichever rows die; a reader leaves out the dead ones.
final class RowSets {
    /// Comparing filters of more values costs more than it saves.
    private static final int VALUES_MAX = 64;

    private final QueryCache cache;
    private final AtomicLong lastName = new AtomicLong();

    RowSets(QueryCache cache) {
        this.cache = cache;
    }

    private record Named(Filter filter) implements QueryCache.Key<Long> {
        @Override
        public QueryCache.Area area() {
            return QueryCache.Area.QUESTIONS;
        }
    }

    private record Key(long filter, long rows) implements QueryCache.Key<Mask> {
        @Override
        public QueryCache.Area area() {
            return QueryCache.Area.ROW_SETS;
        }
    }

    /// What is remembered of a filter.
    Of of(Filter filter) {
        boolean isKept = !cache.keepsNothing() && looksAtRowsOnly(filter);
        return new Of(isKept ? name(new Named(filter)) : null);
    }

    private long name(Named filter) {
        return cache.find(filter).orElseGet(() -> {
            long name = lastName.incrementAndGet();
            cache.keep(filter, name, Sizes.of(filter.filter()));
            return name;
        });
    }

    /// Whether a row's own cells decide: what other tables say of it may change.
    private static boolean looksAtRowsOnly(Filter filter) {
        return switch (filter) {
            case Filter.All(List<Filter> all) -> all.stream().allMatch(RowSets::looksAtRowsOnly);
            case Filter.Any(List<Filter> any) -> any.stream().allMatch(RowSets::looksAtRowsOnly);
            case Filter.Not(Filter inner) -> looksAtRowsOnly(inner);
            case Filter.In in -> in.operand() instanceof Operand.Field
                    && in.values().size() <= VALUES_MAX;
            case Filter.Range range -> range.operand() instanceof Operand.Field;
            case Filter.Exists exists -> exists.operand() instanceof Operand.Field;
            case Filter.Contains contains -> contains.operand() instanceof Operand.Field;
            case Filter.HasMember has -> has.operand() instanceof Operand.Field;
            case Filter.InCodes _ -> false;
        };
    }

    /// The sets of one filter.
    final class Of {
        private final @Nullable Long name;

        private Of(@Nullable Long name) {
            this.name = name;
        }

        /// What the filter is called; empty if nothing is remembered of it.
        OptionalLong name() {
            return name == null ? OptionalLong.empty() : OptionalLong.of(name);
        }

        /// The rows of a part that pass, dead or alive, if that is remembered.
        Optional<Mask> find(Part part) {
            return name == null ? Optional.empty() : cache.find(new Key(name, part.rowsStamp()));
        }

        /// The rows of a part that pass, dead or alive.
        ///
        /// @param made finds it out
        Mask on(Part part, Supplier<Mask> made) {
            if (name == null) {
                return made.get();
            }
            Optional<Mask> known = find(part);
            if (known.isPresent()) {
                return known.get();
            }
            Mask mask = made.get();
            Mask kept = mask instanceof Mask.Constant ? mask : Mask.Rows.of(mask, part.rows());
            cache.keep(new Key(name, part.rowsStamp()),
                    kept,
                    kept instanceof Mask.Rows rows ? rows.bytes() : 0);
            return kept;
        }
    }

    /// How many live rows of a part pass a mask that is kept.
    static long live(Part part, Mask mask) {
        return switch (mask) {
            case Mask.Constant(boolean passes) -> passes ? part.liveRows() : 0;
            case Mask.Rows rows when part.dead().count() == 0 -> rows.count();
            case Mask.Rows rows -> rows.count() - rows.countOf(part.dead());
            default -> throw new IllegalArgumentException("not kept: " + mask);
        };
    }
}
