package ai.pathbound.mcp.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.routing.NodeAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Who has been asked and says nothing.
final class SilencesTest {
    private static final NodeAddress ONE = new NodeAddress("one", 1);
    private static final NodeAddress TWO = new NodeAddress("two", 1);
    private final AtomicLong clock = new AtomicLong();
    private final Silences silences = new Silences(clock::get);

    private void pass(long millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void nodeThatNobodyAsked_isNotSilent() {
        pass(10_000);
        assertThat(silences.isSilent(ONE)).isFalse();
    }

    @Test
    void nodeThatSaysNothing_isSilent_fromTheFirstQuestionOn() {
        silences.asked(ONE);
        pass(400);
        silences.asked(ONE);
        assertThat(silences.isSilent(ONE)).isFalse();
        pass(100);
        assertThat(silences.isSilent(ONE)).isTrue();
        assertThat(silences.isSilent(TWO)).isFalse();
    }

    @Test
    void oneWord_endsTheSilence() {
        silences.asked(ONE);
        pass(5_000);
        silences.heard(ONE);
        assertThat(silences.isSilent(ONE)).isFalse();
        silences.asked(ONE);
        pass(499);
        assertThat(silences.isSilent(ONE)).isFalse();
    }
}
