package ai.pathbound.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final URI A = URI.create("http://a");
    private static final URI B = URI.create("http://b");
    private static final URI C = URI.create("http://c");

    private final AtomicLong now = new AtomicLong();
    private final Turns turns = new Turns(now::get);

    @Test
    void nobodyReady_nobodyHasTheTurn() {
        assertThat(turns.next()).isEmpty();
        turns.ready(List.of(A));
        turns.ready(List.of());
        assertThat(turns.next()).isEmpty();
    }

    @Test
    void equals_takeTurns_andTheOthersStandBehind() {
        turns.ready(List.of(A, B, C));
        assertThat(turns.next()).containsExactly(A, B, C);
        assertThat(turns.next()).containsExactly(B, C, A);
        assertThat(turns.next()).containsExactly(C, A, B);
        assertThat(turns.next()).containsExactly(A, B, C);
    }

    @Test
    void newcomer_getsMore_fromSecondToSecond() {
        turns.ready(List.of(A));
        pass(60);
        turns.ready(List.of(A, B));
        assertThat(share(B)).isBetween(0.01, 0.03);
        pass(10);
        assertThat(share(B)).isBetween(0.24, 0.26);
        pass(20);
        assertThat(share(B)).isBetween(0.49, 0.51);
    }

    @Test
    void newcomerAlone_getsAll() {
        turns.ready(List.of(B));
        assertThat(share(B)).isEqualTo(1);
    }

    @Test
    void whoComesBack_isANewcomer() {
        turns.ready(List.of(A, B));
        pass(60);
        turns.ready(List.of(A));
        turns.ready(List.of(A, B));
        assertThat(share(B)).isBetween(0.01, 0.03);
    }

    private void pass(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private double share(URI node) {
        int turnsTaken = 1_000;
        return IntStream.range(0, turnsTaken)
                .filter(_ -> turns.next().getFirst().equals(node))
                .count() / (double) turnsTaken;
    }
}
