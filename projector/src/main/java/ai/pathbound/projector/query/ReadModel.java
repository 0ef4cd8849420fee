package ai.pathbound.projector.query;

import ai.pathbound.schemas.topics.ChangeKey;
import java.time.Duration;

/// Answers questions about one tenant from projected state, never from the backend.
///
/// Calls block for as long as RocksDB takes (micro- to milliseconds) and are meant for a bounded
/// pool of platform threads, never for an event loop. Implementations are safe for many
/// threads.
public interface ReadModel {
    /// Answers a question. Expected outcomes are cases of [Answer]; nothing else is thrown for a
    /// well-formed question.
    Answer ask(String tenant, Question question);

    /// Whether this process reads the tenant's rows itself. Asking about another tenant is mere waiting
    /// for another process and needs no thread of a bounded pool.
    default boolean isHere(String tenant) {
        return true;
    }

    /// Waits until the entity is readable at this version or a newer one, or is deleted.
    ///
    /// @return true as soon as it is; false when `atMost` has passed before
    boolean awaitVersion(ChangeKey key, long version, Duration atMost) throws InterruptedException;
}
