package ai.pathbound.projector.query;

import ai.pathbound.schemas.topics.ChangeKey;
import java.time.Duration;
import java.util.Optional;

/// What this process can answer by itself, from the partitions it owns or has a copy of.
///
/// Calls block like those of [ReadModel]; interrupting the thread abandons the question.
public interface LocalReads {
    /// Answers a question; empty when this process cannot, on these terms, because the tenant's
    /// partition is not here, not yet caught up, or a copy that is too far behind.
    Optional<Answer> ask(String tenant, Question question, Terms terms);

    /// Waits as [ReadModel#awaitVersion] does; empty when the tenant's partition is not owned here.
    Optional<Boolean> await(ChangeKey key, long version, Duration atMost)
            throws InterruptedException;

    /// Whether this process owns the tenant's partition and has caught up.
    boolean owns(String tenant);

    /// Whether this process has stopped following for good and its operator has to act.
    default boolean isStopped() {
        return false;
    }

    /// Knows nothing: for a process without state.
    static LocalReads none() {
        return new LocalReads() {
            @Override
            public Optional<Answer> ask(String tenant, Question question, Terms terms) {
                return Optional.empty();
            }

            @Override
            public Optional<Boolean> await(ChangeKey key, long version, Duration atMost) {
                return Optional.empty();
            }

            @Override
            public boolean owns(String tenant) {
                return false;
            }
        };
    }
}
