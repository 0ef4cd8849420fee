package ai.pathbound.mcp;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Whether a node has settled in since its start: its own partitions answered once, and its copies as
/// well, or they took so long that callers should not wait for them.
final class Settling {
    /// Copies of much data take hours, and one whose owner has stopped applying never gets there.
    private static final Duration COPIES_WITHIN = Duration.ofMinutes(1);

    private final LongSupplier nanos;
    private @Nullable Long answersSince;
    private boolean settled;

    /// @param nanos a clock like [System#nanoTime]
    Settling(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Looks again.
    ///
    /// @param answers whether the node's own partitions answer now
    /// @param copied whether its copies could, too
    synchronized boolean isSettled(boolean answers, boolean copied) {
        if (settled) {
            return true;
        }
        if (!answers) {
            answersSince = null;
            return false;
        }
        long now = nanos.getAsLong();
        if (answersSince == null) {
            answersSince = now;
        }
        settled = copied || now - answersSince >= COPIES_WITHIN.toNanos();
        return settled;
    }
}
