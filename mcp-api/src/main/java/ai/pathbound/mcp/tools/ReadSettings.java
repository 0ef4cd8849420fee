package ai.pathbound.mcp.tools;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// How the read model is asked.
///
/// @param threads threads that read the store
/// @param queueMax questions that may wait for a thread
/// @param visibleWithin how long a write waits to become readable
/// @param answerMax largest answer; longer ones are cut
@ConfigurationProperties("pathbound.reads")
public record ReadSettings(int threads, int queueMax, Duration visibleWithin, DataSize answerMax) {
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
        if (answerMax.toKilobytes() < 4 || answerMax.toMegabytes() > 16) {
            throw new IllegalArgumentException(
                    "pathbound.reads.answer-max must be from 4KB to 16MB: " + answerMax);
        }
    }
}
