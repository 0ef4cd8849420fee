package ai.pathbound.projector.freshness;

import java.time.Duration;
import java.time.Instant;

/// A moment by two clocks: the time of day, which answers name and which can be set back or forth, and
/// a monotonic one, by which ages are measured.
///
/// @param nanos as [System#nanoTime] counts
record Moment(Instant instant, long nanos) {
    /// How long ago it was.
    Duration age(long nowNanos) {
        return Duration.ofNanos(nowNanos - nanos);
    }
}
