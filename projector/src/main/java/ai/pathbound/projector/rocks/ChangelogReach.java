package ai.pathbound.projector.rocks;

import org.apache.kafka.common.TopicPartition;

/// Tells whether a changelog can still bring a store up to date. Compaction removes the deletes of a
/// changelog after a while; a store that was away for longer would never learn of them and keep rows
/// that are gone.
@FunctionalInterface
public interface ChangelogReach {
    /// Whether all that was written behind this offset is still there, deletes included.
    boolean holdsAllAfter(TopicPartition changelog, long offset);

    /// For stores whose changelog is never compacted.
    static ChangelogReach always() {
        return (_, _) -> true;
    }
}
