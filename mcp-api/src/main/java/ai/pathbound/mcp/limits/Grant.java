package ai.pathbound.mcp.limits;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What became of asking whether a limit lets something through.
public sealed interface Grant {
    /// It may go ahead.
    ///
    /// @param quota empty where nothing is counted
    record Passed(Optional<Quota> quota) implements Grant {
        public Map<String, String> headers() {
            return quota.map(Quota::headers).orElse(Map.of());
        }
    }

    /// It may not.
    ///
    /// @param why for the caller to read
    /// @param quota empty where it is not a matter of time
    record Refused(String why, Optional<Quota> quota, Duration retryAfter) implements Grant {
        public Map<String, String> headers() {
            Map<String, String> headers = new HashMap<>();
            quota.map(Quota::headers).ifPresent(headers::putAll);
            headers.put("Retry-After", Long.toString(Math.max(1, seconds(retryAfter))));
            return headers;
        }
    }

    /// Whole seconds, rounded up: coming back a moment early would be in vain.
    static long seconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }
}
