package ai.pathbound.projector.columns.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The one cache of what questions derive from tables, bounded in bytes over all areas together.
///
/// Tables, views, blocks and dictionaries are named by number in keys and values, never referenced: the
/// cache keeps none of them in memory once its owner let it go. What was derived from such a table is
/// not found again and is evicted like all else that is not used.
public final class QueryCache {
    private static final int ENTRY_BYTES = 120;

    private final long bytesMax;
    private final Map<Area, LongAdder> bytes = new EnumMap<>(Area.class);
    private final Cache<Key<?>, Kept> entries;

    /// @param bytesMax 0 to keep nothing
    public QueryCache(long bytesMax) {
        this.bytesMax = bytesMax;
        for (Area area : Area.values()) {
            bytes.put(area, new LongAdder());
        }
        // On the caller's thread: a bound that holds later is none, and there is little to do.
        this.entries = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((Key<?> _, Kept kept) -> kept.bytes())
                .executor(Runnable::run)
                .removalListener(this::removed)
                .build();
    }

    /// What is kept, as the budget's meters tell it apart.
    public enum Area {
        /// Questions that were asked, and filters and orders, to name what is kept of them.
        QUESTIONS,
        /// Which rows of a part pass a filter.
        ROW_SETS,
        /// The first rows of a part in an order.
        SORTED_RUNS,
        /// Groups of runs of sealed segments.
        PART_ANSWERS,
        /// Groups of all sealed segments.
        WHOLE_ANSWERS,
        /// Texts that a test accepts.
        TEXT_MATCHES,
        /// Maps from one column to another.
        COLUMN_MAPS,
        /// What the codes of a block become in a map.
        MAPPED_CODES,
        /// Whose latest time lies in a range.
        LATEST
    }

    /// What something is kept under.
    ///
    /// @param <V> what is kept; it must not reference a table, and nobody may change it
    interface Key<V> {
        Area area();
    }

    private record Kept(Object value, int bytes) {}

    private void removed(@Nullable Key<?> key, @Nullable Kept kept, RemovalCause cause) {
        if (key != null && kept != null) {
            adder(key.area()).add(-kept.bytes());
        }
    }

    private LongAdder adder(Area area) {
        return Objects.requireNonNull(bytes.get(area));
    }

    boolean keepsNothing() {
        return bytesMax == 0;
    }

    @SuppressWarnings("unchecked")
    <V> Optional<V> find(Key<V> key) {
        Kept kept = bytesMax == 0 ? null : entries.getIfPresent(key);
        // Only `keep` puts values, of the key's own type.
        return kept == null ? Optional.empty() : Optional.of((V) kept.value());
    }

    /// Keeps a value while there is room for it.
    ///
    /// @param valueBytes of the value, and of the key beyond a few numbers
    <V> void keep(Key<V> key, V value, long valueBytes) {
        long all = valueBytes + ENTRY_BYTES;
        if (all <= bytesMax) {
            Kept kept = new Kept(value, (int) Math.min(Integer.MAX_VALUE, all));
            adder(key.area()).add(kept.bytes());
            entries.put(key, kept);
        }
    }

    /// Whether something of this size would leave room for at least so many others.
    boolean hasRoomFor(int others, long valueBytes) {
        return valueBytes <= bytesMax / others;
    }

    /// Bytes kept of one area.
    public long bytes(Area area) {
        return adder(area).sum();
    }

    /// Bytes kept of all areas.
    public long bytes() {
        long all = 0;
        for (Area area : Area.values()) {
            all += bytes(area);
        }
        return all;
    }

    public long bytesMax() {
        return bytesMax;
    }
}
