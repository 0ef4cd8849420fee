package ai.pathbound.projector.freshness;

import ai.pathbound.projector.query.Freshness;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// How current the partitions are that change underneath this process: standbys, and those that are
/// being restored. Nobody reports what is applied to them, so their progress rows are looked at.
final class CopiesFreshness {
    private record Copy(PartitionFreshness freshness, List<Long> applied) {}

    private final Map<Integer, Copy> copies = new ConcurrentHashMap<>();

    /// Takes what the stores hold now.
    ///
    /// @param stored last offsets applied, by partition
    /// @param isCopy whether nobody here answers for a partition as its owner
    void look(Map<Integer, List<Long>> stored, IntPredicate isCopy) {
        copies.keySet().retainAll(stored.keySet());
        stored.forEach((partition, applied) -> {
            if (isCopy.test(partition)) {
                copies.compute(partition, (_, known) -> next(known, applied));
            } else {
                copies.remove(partition);
            }
        });
    }

    /// A partition that was owned here until now stays here as a copy, if its store does and still holds
    /// what was applied: the next look tells.
    void inherit(int partition, PartitionFreshness owned) {
        copies.put(partition, new Copy(owned, owned.applied()));
    }

    private static Copy next(@Nullable Copy known, List<Long> applied) {
        if (known == null || isOlder(applied, known.applied())) {
            return new Copy(new PartitionFreshness(applied), applied);
        }
        for (int topic = 0; topic < applied.size(); topic++) {
            known.freshness().applied(topic, applied.get(topic));
        }
        return new Copy(known.freshness(), applied);
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

    Optional<Freshness> freshness(int partition, Instant now) {
        Copy copy = copies.get(partition);
        return copy == null ? Optional.empty() : copy.freshness().freshness(now);
    }

    Map<Integer, PartitionFreshness> all() {
        Map<Integer, PartitionFreshness> all = new ConcurrentHashMap<>();
        copies.forEach((partition, copy) -> all.put(partition, copy.freshness()));
        return all;
    }
}
