package ai.pathbound.projector.query;

import java.time.Duration;
import java.time.Instant;

/// How current an answer is.
///
/// @param asOf every change that was in Kafka before this instant is in the answer
/// @param lagMillis age of `asOf` when the question was answered
/// @param caughtUp nothing in Kafka was waiting when it was last looked at, a moment ago
public record Freshness(Instant asOf, long lagMillis, boolean caughtUp) {
    /// The same state so much later, which is when its answer was made.
    public Freshness later(Duration elapsed) {
        return new Freshness(asOf, lagMillis + elapsed.toMillis(), caughtUp);
    }
}
