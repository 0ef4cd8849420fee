package ai.pathbound.mcp.health;

import java.util.Optional;
import java.util.OptionalInt;

/// Whether the read model can answer just now. Asked on the event loop, so it must not wait.
@FunctionalInterface
public interface Readiness {
    boolean isReady();

    /// Why it has stopped for good, in one word, if it has.
    default Optional<String> stopped() {
        return Optional.empty();
    }

    /// How much of its state is restored, in percent, if it knows.
    default OptionalInt restoredPercent() {
        return OptionalInt.empty();
    }
}
