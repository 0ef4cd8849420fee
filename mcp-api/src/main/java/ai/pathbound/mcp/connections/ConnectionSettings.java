package ai.pathbound.mcp.connections;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Bounds that hold before a request is read.
///
/// @param max connections at once; further ones are closed
/// @param headWithin how long a connection may take until the head of its next request is complete
/// @param bodyWithin how long a request's body may take
/// @param drain how long requests are still taken after the process was told to stop
@ConfigurationProperties("pathbound.connections")
public record ConnectionSettings(int max,
        Duration headWithin,
        Duration bodyWithin,
        Duration drain) {
    public ConnectionSettings {
        if (max < 1) {
            throw new IllegalArgumentException(
                    "pathbound.connections.max must be at least 1: " + max);
        }
        if (!headWithin.isPositive()) {
            throw new IllegalArgumentException(
                    "pathbound.connections.head-within must be positive: " + headWithin);
        }
        if (!bodyWithin.isPositive()) {
            throw new IllegalArgumentException(
                    "pathbound.connections.body-within must be positive: " + bodyWithin);
        }
        if (drain.isNegative()) {
            throw new IllegalArgumentException(
                    "pathbound.connections.drain must not be negative: " + drain);
        }
    }
}
