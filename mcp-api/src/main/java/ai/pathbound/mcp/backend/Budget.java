package ai.pathbound.mcp.backend;

import ai.pathbound.mcp.caller.Credential;
import ai.pathbound.mcp.caller.KeyHash;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How many requests each credential may still send. What the backend says counts; where it says
/// nothing, requests are counted against the limit it documents. Other nodes and other programs spend
/// from the same limit unseen, so a 429 stays possible, and it settles the matter.
final class Budget {
    private static final int CREDENTIALS_MAX = 10_000;

    private record Window(Instant end, int left) {
        boolean isOver(Instant now) {
            return !now.isBefore(end);
        }
    }

    private final LimitSettings settings;
    private final InstantSource clock;
    private final KeyHash hash = new KeyHash();
    private final Cache<String, Window> windows = Caffeine.newBuilder()
            .maximumSize(CREDENTIALS_MAX)
            .build();

    Budget(LimitSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// How long to wait until a request can be spared, unless one can be right now.
    Optional<Duration> pause(Credential credential, boolean write) {
        Instant now = clock.instant();
        int kept = write ? settings.kept() : 0;
        return Optional.ofNullable(windows.getIfPresent(hash.of(credential)))
                .filter(window -> !window.isOver(now) && window.left() <= kept)
                .map(window -> Duration.between(now, window.end()));
    }

    /// Counts a request that is being sent.
    void spend(Credential credential) {
        Instant now = clock.instant();
        windows.asMap().compute(hash.of(credential), (_, window) -> spent(window, now));
    }

    private @Nullable Window spent(@Nullable Window window, Instant now) {
        if (window != null && !window.isOver(now)) {
            return new Window(window.end(), window.left() - 1);
        }
        return settings.requests() == 0
                ? null
                : new Window(now.plus(settings.window()), settings.requests() - 1);
    }

    /// Takes over what an answer says.
    void learn(Credential credential, RestAnswer answer) {
        Instant now = clock.instant();
        if (answer.status() == 429) {
            windows.put(hash.of(credential), new Window(now.plus(answer.pause()), 0));
            return;
        }
        answer.allowance()
                .ifPresent(
                        told -> windows.asMap()
                                .compute(
                                        hash.of(credential),
                                        (_, window) -> told(told, window, now)));
    }

    private Window told(Allowance told, @Nullable Window window, Instant now) {
        Instant end = told.resetsIn()
                .map(now::plus)
                .orElse(
                        window == null || window.isOver(now)
                                ? now.plus(settings.window())
                                : window.end());
        return new Window(end, told.left());
    }
}
