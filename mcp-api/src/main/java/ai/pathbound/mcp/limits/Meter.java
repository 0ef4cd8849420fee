package ai.pathbound.mcp.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// One token bucket that fills within a minute; none where the limit is off. Its size may change while
/// it is in use: then as large a part of it stays used as was before.
final class Meter {
    private static final Duration FULL_AFTER = Duration.ofMinutes(1);
    private final AtomicInteger size;
    private final Optional<Bucket> bucket;

    Meter(int perMinute, TimeMeter time) {
        size = new AtomicInteger(perMinute);
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

    /// A place for what is metered. One that was left alone for as long as it takes to fill is as good
    /// as a new one, and is forgotten.
    static <K, V> Cache<K, V> cache(CallLimits limits) {
        return Caffeine.newBuilder()
                .maximumSize(limits.trackedMax())
                .expireAfterAccess(FULL_AFTER.multipliedBy(2))
                .build();
    }

    /// @param perMinute how much it grants from now on
    Grant take(int perMinute, String why) {
        if (bucket.isEmpty()) {
            return new Grant.Passed(Optional.empty());
        }
        resize(bucket.get(), perMinute);
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

    private void resize(Bucket tokens, int perMinute) {
        if (size.get() != perMinute && size.getAndSet(perMinute) != perMinute) {
            tokens.replaceConfiguration(
                    BucketConfiguration.builder()
                            .addLimit(
                                    limit -> limit.capacity(perMinute)
                                            .refillGreedy(perMinute, FULL_AFTER))
                            .build(),
                    TokensInheritanceStrategy.PROPORTIONALLY);
        }
    }
}
