package ai.pathbound.mcp.backend;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// When to stop asking a backend that fails.
///
/// @param failurePercent share of failed calls that opens the breaker
/// @param calls newest calls that are looked at, and fewest that decide
/// @param openFor pause before a few calls try again
@ConfigurationProperties("pathbound.backend.breaker")
public record BreakerSettings(int failurePercent, int calls, Duration openFor) {
    public BreakerSettings {
        if (failurePercent < 1 || failurePercent > 100) {
            throw new IllegalArgumentException(
                    "pathbound.backend.breaker.failure-percent must be from 1 to 100: "
                            + failurePercent);
        }
        if (calls < 1) {
            throw new IllegalArgumentException(
                    "pathbound.backend.breaker.calls must be at least 1: " + calls);
        }
        if (!openFor.isPositive()) {
            throw new IllegalArgumentException(
                    "pathbound.backend.breaker.open-for must be positive: " + openFor);
        }
    }
}
