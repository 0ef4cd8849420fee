package ai.pathbound.mcp.backend;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The backend's limit per credential, for as long as its answers do not tell it.
///
/// @param requests requests in a window; 0 for counting nothing
/// @param window from the first request on
/// @param kept requests of each window kept back from writes: for checking the key, and for looking
///     after a write whose outcome is unknown
@ConfigurationProperties("pathbound.backend.limit")
public record LimitSettings(int requests, Duration window, int kept) {
    public LimitSettings {
        if (requests < 0) {
            throw new IllegalArgumentException(
                    "pathbound.backend.limit.requests must not be negative: " + requests);
        }
        if (!window.isPositive()) {
            throw new IllegalArgumentException(
                    "pathbound.backend.limit.window must be positive: " + window);
        }
        if (kept < 0 || (requests > 0 && kept >= requests)) {
            throw new IllegalArgumentException(
                    "pathbound.backend.limit.kept must be from 0 to below requests: " + kept);
        }
    }
}
