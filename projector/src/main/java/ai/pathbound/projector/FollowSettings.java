package ai.pathbound.projector;

import java.time.Duration;

/// How changes are followed.
///
/// @param exactlyOnce whether Kafka transactions hold changelog and offsets together; not needed for
///     right answers, which the progress row gives, but it fences off a node that was thought dead
/// @param sessionTimeout how long a node may be silent before its partitions go to others
/// @param diskFreeMin bytes free on the state folder's disk below which no more changes are applied; 0
///     to never look
/// @param awayAtMost how long a node may be away and still go on from its local state; older state is
///     thrown away and made again from the changelog, which keeps deletes for longer than that
public record FollowSettings(boolean exactlyOnce,
        Duration sessionTimeout,
        long diskFreeMin,
        Duration awayAtMost) {
    private static final Duration SESSION_MIN = Duration.ofSeconds(1);
    private static final Duration SESSION_MAX = Duration.ofMinutes(30);
    /// Over a long weekend.
    private static final Duration AWAY = Duration.ofDays(3);
    private static final Duration AWAY_MIN = Duration.ofSeconds(1);
    private static final Duration AWAY_MAX = Duration.ofDays(90);
    /// The rest of the time is for reading the changelog up to its end, and for clocks that differ.
    private static final int AWAY_PARTS = 3;
    private static final int KEPT_PARTS = 7;

    /// What fits nearly all.
    public static final FollowSettings DEFAULT = new FollowSettings(false, Duration.ofSeconds(6),
            256L << 20);

    /// With local state that may be as old as usual.
    public FollowSettings(boolean exactlyOnce, Duration sessionTimeout, long diskFreeMin) {
        this(exactlyOnce, sessionTimeout, diskFreeMin, AWAY);
    }

    public FollowSettings {
        if (sessionTimeout.compareTo(SESSION_MIN) < 0
                || sessionTimeout.compareTo(SESSION_MAX) > 0) {
            throw new IllegalArgumentException(
                    "pathbound.projector.session-timeout must be from 1s to 30m: "
                            + sessionTimeout);
        }
        if (diskFreeMin < 0) {
            throw new IllegalArgumentException(
                    "pathbound.projector.disk-free-min must not be negative: " + diskFreeMin);
        }
        if (awayAtMost.compareTo(AWAY_MIN) < 0 || awayAtMost.compareTo(AWAY_MAX) > 0) {
            throw new IllegalArgumentException(
                    "pathbound.projector.away-at-most must be from 1s to 90d: " + awayAtMost);
        }
    }

    /// How long the changelog has to keep deletes, so that state that was away for as long as it may is
    /// sure to be told of them.
    Duration deletesKept() {
        return Duration.ofMillis(awayAtMost.toMillis() * KEPT_PARTS / AWAY_PARTS);
    }

    /// How old local state may be where the changelog keeps deletes for this long.
    Duration trusted(Duration deletesKept) {
        Duration trusted = deletesKept.multipliedBy(AWAY_PARTS).dividedBy(KEPT_PARTS);
        return trusted.compareTo(awayAtMost) < 0 ? trusted : awayAtMost;
    }
}
