package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// When a node that has started may get traffic.
final class SettlingTest {
    private final AtomicLong clock = new AtomicLong();
    private final Settling settling = new Settling(clock::get);

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void node_waitsForItsOwnPartitions_howeverLong() {
        pass(Duration.ofHours(1));
        assertThat(settling.isSettled(false, true)).isFalse();
        assertThat(settling.isSettled(true, true)).isTrue();
    }

    @Test
    void settledNode_staysSo() {
        assertThat(settling.isSettled(true, true)).isTrue();
        assertThat(settling.isSettled(false, false)).isTrue();
    }

    @Test
    void node_waitsForItsCopies_aMinute() {
        assertThat(settling.isSettled(true, false)).isFalse();
        pass(Duration.ofSeconds(59));
        assertThat(settling.isSettled(true, false)).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(settling.isSettled(true, false)).isTrue();
    }

    @Test
    void minute_countsFromTheLastTimeItsOwnAnswered() {
        assertThat(settling.isSettled(true, false)).isFalse();
        pass(Duration.ofSeconds(50));
        assertThat(settling.isSettled(false, false)).isFalse();
        pass(Duration.ofSeconds(50));
        assertThat(settling.isSettled(true, false)).isFalse();
    }
}
