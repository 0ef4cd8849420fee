package ai.pathbound.mcp.limits;

import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;

/// What is left of a limit.
///
/// @param fullIn time until nothing of it is used, if nothing more is asked
public record Quota(int limit, long left, Duration fullIn) {
    static Quota of(int limit, ConsumptionProbe probe) {
        return new Quota(limit, probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForReset()));
    }

    /// The headers of draft-ietf-httpapi-ratelimit-headers, in the form most clients know.
    public Map<String, String> headers() {
        return Map.of(
                "RateLimit-Limit",
                Integer.toString(limit),
                "RateLimit-Remaining",
                Long.toString(left),
                "RateLimit-Reset",
                Long.toString(Grant.seconds(fullIn)));
    }
}
