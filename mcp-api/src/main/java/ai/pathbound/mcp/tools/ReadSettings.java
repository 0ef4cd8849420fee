package ai.pathbound.mcp.tools;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How the read model is asked.
///
/// @param threads threads that read the store
/// @param queueMax questions that may wait for a thread
/// @param visibleWithin how long a write waits to become readable
@ConfigurationProperties("pathbound.reads")
public record ReadSettings(int threads, int queueMax, Duration visibleWithin) {
    public ReadSettings {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "pathbound.reads.threads must be at least 1: " + threads);
        }
        if (queueMax < 1) {
            throw new IllegalArgumentException(
                    "pathbound.reads.queue-max must be at least 1: " + queueMax);
        }
        if (visibleWithin.isNegative()) {
            throw new IllegalArgumentException(
                    "pathbound.reads.visible-within must not be negative: " + visibleWithin);
        }
    }
}
