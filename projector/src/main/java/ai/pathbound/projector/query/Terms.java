package ai.pathbound.projector.query;

import java.time.Duration;
import java.util.Optional;

/// What an answer may cost its asker.
///
/// @param within how long it may take; a question that takes longer is given up
/// @param staleAtMost how far behind Kafka a copy of the state may be that answers instead of its
///     owner; empty when only the owner will do
public record Terms(Duration within, Optional<Duration> staleAtMost) {
    /// How long a question may take that nobody has put a bound to.
    public static final Duration WITHIN = Duration.ofSeconds(5);

    public Terms {
        if (within.compareTo(WITHIN) > 0) {
            throw new IllegalArgumentException("a question may take at most " + WITHIN);
        }
    }

    /// The owner alone may answer.
    public static Terms ofOwner() {
        return new Terms(WITHIN, Optional.empty());
    }
}
