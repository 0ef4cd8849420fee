package ai.pathbound.projector.topology;

import java.util.Locale;

/// Why a projector has stopped for good: what it follows is no longer what its state was made from, so
/// going on would skip changes in silence. The way out of all of them is a rebuild.
public enum StopReason {
    /// A change topic was deleted and created again.
    TOPIC_RECREATED,
    /// A change topic lost its newest records.
    TOPIC_TRUNCATED,
    /// A change topic has another number of partitions.
    PARTITIONS_CHANGED,
    /// The changelog was deleted and created again.
    CHANGELOG_RECREATED;

    /// As operators see it, such as `topic_recreated`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
