package ai.pathbound.mcp.limits;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/// A clock for buckets that moves only when told to.
final class SteppedTime implements TimeMeter {
    private long nanos;

    void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    @Override
    public long currentTimeNanos() {
        return nanos;
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
