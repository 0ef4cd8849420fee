package ai.pathbound.mcp.security;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How long verdicts on API keys are believed.
///
/// @param acceptedFor a valid key; also the time until a revoked key dies
/// @param refusedFor a refused key
/// @param grace how long a valid key goes on beyond that while the backend cannot be asked
/// @param cachedMax keys remembered at most
@ConfigurationProperties("pathbound.keys")
record KeySettings(Duration acceptedFor, Duration refusedFor, Duration grace, int cachedMax) {
    KeySettings {
        if (!acceptedFor.isPositive()) {
            throw new IllegalArgumentException(
                    "pathbound.keys.accepted-for must be positive: " + acceptedFor);
        }
        if (!refusedFor.isPositive()) {
            throw new IllegalArgumentException(
                    "pathbound.keys.refused-for must be positive: " + refusedFor);
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException(
                    "pathbound.keys.grace must not be negative: " + grace);
        }
        if (cachedMax < 1) {
            throw new IllegalArgumentException(
                    "pathbound.keys.cached-max must be at least 1: " + cachedMax);
        }
    }
}
