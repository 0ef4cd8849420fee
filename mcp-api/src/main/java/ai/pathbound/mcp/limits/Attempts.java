package ai.pathbound.mcp.limits;

import com.github.benmanes.caffeine.cache.Cache;
import io.github.bucket4j.TimeMeter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/// A token bucket per client address, for requests that name nobody: without a credential, or with
/// one that is refused or not known yet. It keeps guesses away from the backend.
@Component
public final class Attempts {
    private final CallLimits limits;
    private final Shares shares;
    private final Cache<String, Meter> meters;
    private final TimeMeter time;

    @Autowired
    Attempts(CallLimits limits, Shares shares) {
        this(limits, shares, TimeMeter.SYSTEM_NANOTIME);
    }

    Attempts(CallLimits limits, Shares shares, TimeMeter time) {
        this.limits = limits;
        this.shares = shares;
        this.time = time;
        meters = Meter.cache(limits);
    }

    /// Counts an attempt.
    public Grant take(ServerHttpRequest request) {
        return meter(request).take(
                shares.of(limits.attemptsPerMinute()),
                "Too many requests without a valid credential.");
    }

    /// Takes back an attempt that turned out to be none.
    public void giveBack(ServerHttpRequest request) {
        meter(request).giveBack();
    }

    private Meter meter(ServerHttpRequest request) {
        return meters.get(
                ClientAddress.of(request, limits.trustedProxies()),
                _ -> new Meter(shares.of(limits.attemptsPerMinute()), time));
    }
}
