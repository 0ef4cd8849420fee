package ai.pathbound.mcp.transport;

import io.github.bucket4j.Bucket;
import java.time.Duration;

/// Lines of the log that strangers can cause at any rate, of which only some a minute are written.
final class RareLog {
    private static final int LINES_PER_MINUTE = 6;

    private final Bucket lines = Bucket.builder()
            .addLimit(
                    limit -> limit.capacity(LINES_PER_MINUTE)
                            .refillGreedy(LINES_PER_MINUTE, Duration.ofMinutes(1)))
            .build();

    /// Writes the line, or drops it.
    void line(Runnable write) {
        if (lines.tryConsume(1)) {
            write.run();
        }
    }
}
