package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Part;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which rows of a part pass a filter, remembered up to a budget of bytes: a bit for each row. Their
/// cells never change, so a set stays right whichever rows die; who asks leaves out the dead ones.
final class RowSets {
    private static final int FILTERS_MAX = 1_000;
    /// Comparing filters of more values costs more than it saves.
    private static final int VALUES_MAX = 64;

    private final long bytesMax;
    private final Cache<Filter, Long> names;
    private final Cache<Key, Mask> sets;
    private final AtomicLong lastName = new AtomicLong();

    RowSets(long bytesMax) {
        this.bytesMax = bytesMax;
        this.names = Caffeine.newBuilder().maximumSize(FILTERS_MAX).build();
        this.sets = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((Key _, Mask mask) -> mask instanceof Mask.Rows rows ? rows.bytes() : 100)
                .build();
    }

    private record Key(long filter, long rows) {}

    /// What is remembered of a filter.
    Of of(Filter filter) {
        boolean isKept = bytesMax > 0 && looksAtRowsOnly(filter);
        return new Of(isKept ? names.get(filter, _ -> lastName.incrementAndGet()) : null);
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
            return name == null
                    ? Optional.empty()
                    : Optional.ofNullable(sets.getIfPresent(new Key(name, part.rowsStamp())));
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
            sets.put(new Key(name, part.rowsStamp()), kept);
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
