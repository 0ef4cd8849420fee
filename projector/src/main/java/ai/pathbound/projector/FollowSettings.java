package ai.pathbound.projector;

import java.time.Duration;

/// How changes are followed.
///
/// @param exactlyOnce whether Kafka transactions hold changelog and offsets together; not needed for
///     right answers, which the progress row gives, but it fences off a node that was thought dead
/// @param sessionTimeout how long a node may be silent before its partitions go to others
/// @param diskFreeMin bytes free on the state folder's disk below which no more changes are applied; 0
///     to never look
public record FollowSettings(boolean exactlyOnce, Duration sessionTimeout, long diskFreeMin) {
    private static final Duration SESSION_MIN = Duration.ofSeconds(1);
    private static final Duration SESSION_MAX = Duration.ofMinutes(30);
    /// What fits nearly everybody.
    public static final FollowSettings DEFAULT = new FollowSettings(false, Duration.ofSeconds(6),
            256L << 20);

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
    }
}
