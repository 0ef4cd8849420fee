package ai.pathbound.projector.freshness;

import ai.pathbound.projector.query.Freshness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// How current the partitions are that change underneath this process: standbys, and those that are
/// being restored. No thread reports what is applied to them, so their progress rows are looked at.
final class CopiesFreshness {
    /// @param opening of the store it is about; empty when it was not known
    private record Copy(PartitionFreshness freshness,
            Optional<Object> opening,
            List<Long> applied) {}

    private final Map<Integer, Copy> copies = new ConcurrentHashMap<>();

    /// Takes what the stores hold now.
    ///
    /// @param isCopy whether this process does not answer for a partition as its owner
    void look(Map<Integer, OpenStores.Position> stored, IntPredicate isCopy) {
        copies.keySet().retainAll(stored.keySet());
        stored.forEach((partition, position) -> {
            if (isCopy.test(partition)) {
                copies.compute(partition, (_, known) -> next(known, position));
            } else {
                copies.remove(partition);
            }
        });
    }

    /// A partition that was owned here until now stays here as a copy, if its store stays open and still
    /// holds what was applied: the next look tells.
    void inherit(int partition, PartitionFreshness owned, Optional<Object> opening) {
        copies.put(partition, new Copy(owned, opening, owned.stored()));
    }

    private static Copy next(@Nullable Copy known, OpenStores.Position position) {
        List<Long> applied = position.applied();
        Optional<Object> opening = Optional.of(position.opening());
        if (known == null || !known.opening().equals(opening)
                || isOlder(applied, known.applied())) {
            return new Copy(new PartitionFreshness(applied), opening, applied);
        }
        for (int topic = 0; topic < applied.size(); topic++) {
            known.freshness().applied(topic, applied.get(topic));
        }
        return new Copy(known.freshness(), opening, applied);
    }

    /// A store that was closed and opened again may have lost what it had.
    private static boolean isOlder(List<Long> applied, List<Long> known) {
        for (int topic = 0; topic < applied.size(); topic++) {
            if (applied.get(topic) < known.get(topic)) {
                return true;
            }
        }
        return false;
    }

    Optional<Freshness> freshness(int partition, long nowNanos) {
        Copy copy = copies.get(partition);
        return copy == null ? Optional.empty() : copy.freshness().freshness(nowNanos);
    }

    /// As [#freshness(int, long)], of this opening of the store and no other.
    Optional<Freshness> freshness(int partition, Object opening, long nowNanos) {
        Copy copy = copies.get(partition);
        return copy == null || !copy.opening().equals(Optional.of(opening))
                ? Optional.empty()
                : copy.freshness().freshness(nowNanos);
    }

    Map<Integer, PartitionFreshness> all() {
        Map<Integer, PartitionFreshness> all = new ConcurrentHashMap<>();
        copies.forEach((partition, copy) -> all.put(partition, copy.freshness()));
        return all;
    }
}
