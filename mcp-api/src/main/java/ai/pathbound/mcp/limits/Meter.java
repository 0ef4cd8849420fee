package ai.pathbound.mcp.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;

/// One token bucket that fills within a minute; none where the limit is off.
final class Meter {
    static final Duration FULL_AFTER = Duration.ofMinutes(1);
    private final int perMinute;
    private final Optional<Bucket> bucket;

    Meter(int perMinute, TimeMeter time) {
        this.perMinute = perMinute;
        bucket = perMinute == 0
                ? Optional.empty()
                : Optional.of(
                        Bucket.builder()
                                .withCustomTimePrecision(time)
                                .addLimit(
                                        limit -> limit.capacity(perMinute)
                                                .refillGreedy(perMinute, FULL_AFTER))
                                .build());
    }

    Grant take(String why) {
        if (bucket.isEmpty()) {
            return new Grant.Passed(Optional.empty());
        }
        ConsumptionProbe probe = bucket.get().tryConsumeAndReturnRemaining(1);
        Optional<Quota> quota = Optional.of(Quota.of(perMinute, probe));
        return probe.isConsumed()
                ? new Grant.Passed(quota)
                : new Grant.Refused(why, quota,
                        Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    void giveBack() {
        bucket.ifPresent(tokens -> tokens.addTokens(1));
    }
}
