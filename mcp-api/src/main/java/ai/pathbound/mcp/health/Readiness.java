package ai.pathbound.mcp.health;

import java.util.OptionalInt;

/// Whether the read model can answer just now. Asked on the event loop, so it must not wait.
@FunctionalInterface
public interface Readiness {
    boolean isReady();

    /// How much of its state is restored, in percent, if it knows.
    default OptionalInt restoredPercent() {
        return OptionalInt.empty();
    }
}
