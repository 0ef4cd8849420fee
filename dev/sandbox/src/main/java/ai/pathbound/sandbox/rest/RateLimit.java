package ai.pathbound.sandbox.rest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// 100 requests in a window of 15 minutes for each key.
final class RateLimit {
    private static final int REQUESTS_MAX = 100;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final Clock clock;
    private final Map<String, Window> windows = new HashMap<>();

    private record Window(Instant end, int requests) {}

    /// What a key has left after a request, and when it has all of it again.
    record Quota(boolean exceeded, int remaining, long resetSeconds) {
        Map<String, String> headers() {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("RateLimit-Limit", Integer.toString(REQUESTS_MAX));
            headers.put("RateLimit-Remaining", Integer.toString(remaining));
            headers.put("RateLimit-Reset", Long.toString(resetSeconds));
            if (exceeded) {
                headers.put("Retry-After", Long.toString(resetSeconds));
            }
            return headers;
        }
    }

    RateLimit(Clock clock) {
        this.clock = clock;
    }

    /// Counts one request; a refused one does not count.
    synchronized Quota take(String key) {
        Instant now = clock.instant();
        Window window = windows.get(key);
        if (window == null || !now.isBefore(window.end())) {
            window = new Window(now.plus(WINDOW), 0);
        }
        boolean exceeded = window.requests() == REQUESTS_MAX;
        int requests = exceeded ? REQUESTS_MAX : window.requests() + 1;
        windows.put(key, new Window(window.end(), requests));
        long resetSeconds = Math.max(1, Duration.between(now, window.end()).toSeconds());
        return new Quota(exceeded, REQUESTS_MAX - requests, resetSeconds);
    }
}
