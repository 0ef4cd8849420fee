package ai.pathbound.sandbox.rest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// 100 requests in a window of 15 minutes for each key.
final class RateLimit {
    private static final int REQUESTS_MAX = 100;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final Clock clock;
    private final Map<String, Window> windows = new HashMap<>();

    private record Window(Instant end, int requests) {}

    RateLimit(Clock clock) {
        this.clock = clock;
    }

    synchronized void take(String key) {
        Instant now = clock.instant();
        Window window = windows.get(key);
        if (window == null || !now.isBefore(window.end())) {
            window = new Window(now.plus(WINDOW), 0);
        }
        if (window.requests() >= REQUESTS_MAX) {
            throw Refusal.limited(Math.max(1, Duration.between(now, window.end()).toSeconds()));
        }
        windows.put(key, new Window(window.end(), window.requests() + 1));
    }
}
