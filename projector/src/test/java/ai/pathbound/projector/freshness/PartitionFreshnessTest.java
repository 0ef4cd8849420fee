package ai.pathbound.projector.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.query.Freshness;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionFreshnessTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private final PartitionFreshness freshness = new PartitionFreshness(List.of(4L, -1L));

    @Test
    void beforeTheFirstSample_nothingIsPromised() {
        assertThat(freshness.freshness(NOON)).isEmpty();
    }

    @Test
    void sampleThatIsReached_isTheAsOf() {
        freshness.sample(NOON, List.of(5L, 0L));
        assertThat(freshness.freshness(NOON.plusMillis(30)))
                .contains(new Freshness(NOON, 30, true));
    }

    @Test
    void sampleThatIsNotReached_leavesTheOlderOneAndCountsWhatIsMissing() {
        freshness.sample(NOON, List.of(5L, 0L));
        freshness.sample(NOON.plusSeconds(1), List.of(7L, 3L));
        assertThat(freshness.freshness(NOON.plusSeconds(2)))
                .contains(new Freshness(NOON, 2000, false));
        assertThat(freshness.recordsBehind()).isEqualTo(5);
        freshness.applied(0, 6);
        assertThat(freshness.recordsBehind()).isEqualTo(3);
        freshness.applied(1, 2);
        assertThat(freshness.freshness(NOON.plusSeconds(2)))
                .contains(new Freshness(NOON.plusSeconds(1), 1000, true));
    }

    @Test
    void moreIsKnownToFollow_onlyBeforeTheNewestEnd() {
        assertThat(freshness.goesOnAfter(0, 3)).isFalse();
        freshness.sample(NOON, List.of(7L, PartitionFreshness.UNKNOWN_END));
        assertThat(freshness.goesOnAfter(0, 5)).isTrue();
        assertThat(freshness.goesOnAfter(0, 6)).isFalse();
        assertThat(freshness.goesOnAfter(1, 0)).isFalse();
        freshness.sample(NOON.plusMillis(200), List.of(9L, 2L));
        assertThat(freshness.goesOnAfter(0, 6)).isTrue();
        assertThat(freshness.goesOnAfter(1, 0)).isTrue();
    }

    @Test
    void withoutNewSamples_isNoLongerSureToBeCaughtUp() {
        freshness.sample(NOON, List.of(5L, 0L));
        assertThat(freshness.freshness(NOON.plusSeconds(5)))
                .contains(new Freshness(NOON, 5000, false));
    }

    @Test
    void backlogOfSamples_isBounded_andNeverPromisesTooMuch() {
        for (int i = 0; i < 10_000; i++) {
            freshness.sample(NOON.plusMillis(i), List.of(6L + i, 0L));
        }
        freshness.applied(0, 1_000_000);
        assertThat(freshness.freshness(NOON.plusMillis(9_999)))
                .contains(new Freshness(NOON.plusMillis(9_999), 0, true));
    }
}
