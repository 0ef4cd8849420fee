package ai.pathbound.projector.topology;

/// Knows of records that are still to come.
@FunctionalInterface
public interface Backlog {
    /// Whether the topic is known to hold records behind this one. It need not be known; it must not be
    /// guessed.
    boolean goesOnAfter(int partition, int topicIndex, long offset);
}
