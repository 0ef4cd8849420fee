package ai.pathbound.projector.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.query.Freshness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitionFreshnessTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration STUCK = Duration.ofSeconds(2);

    private static Moment at(Instant instant) {
        return new Moment(instant, nanos(instant));
    }

    private static long nanos(Instant instant) {
        return Duration.between(NOON, instant).toNanos();
    }

    private final PartitionFreshness freshness = new PartitionFreshness(List.of(4L, -1L));

    @Test
    void beforeTheFirstSample_nothingIsPromised() {
        assertThat(freshness.freshness(nanos(NOON))).isEmpty();
    }

    @Test
    void sampleThatIsReached_isTheAsOf() {
        freshness.sample(at(NOON), List.of(5L, 0L));
        assertThat(freshness.freshness(nanos(NOON.plusMillis(30))))
                .contains(new Freshness(NOON, 30, true));
    }

    @Test
    void sampleThatIsNotReached_leavesTheOlderOneAndCountsWhatIsMissing() {
        freshness.sample(at(NOON), List.of(5L, 0L));
        freshness.sample(at(NOON.plusSeconds(1)), List.of(7L, 3L));
        assertThat(freshness.freshness(nanos(NOON.plusSeconds(2))))
                .contains(new Freshness(NOON, 2000, false));
        assertThat(freshness.recordsBehind()).isEqualTo(5);
        freshness.applied(0, 6);
        assertThat(freshness.recordsBehind()).isEqualTo(3);
        freshness.applied(1, 2);
        assertThat(freshness.freshness(nanos(NOON.plusSeconds(2))))
                .contains(new Freshness(NOON.plusSeconds(1), 1000, true));
    }

    @Test
    void moreIsKnownToFollow_onlyBeforeTheNewestEnd() {
        assertThat(freshness.goesOnAfter(0, 3)).isFalse();
        freshness.sample(at(NOON), List.of(7L, PartitionFreshness.UNKNOWN_END));
        assertThat(freshness.goesOnAfter(0, 5)).isTrue();
        assertThat(freshness.goesOnAfter(0, 6)).isFalse();
        assertThat(freshness.goesOnAfter(1, 0)).isFalse();
        freshness.sample(at(NOON.plusMillis(200)), List.of(9L, 2L));
        assertThat(freshness.goesOnAfter(0, 6)).isTrue();
        assertThat(freshness.goesOnAfter(1, 0)).isTrue();
    }

    @Test
    void withoutNewSamples_isNoLongerSureToBeCaughtUp() {
        freshness.sample(at(NOON), List.of(5L, 0L));
        assertThat(freshness.freshness(nanos(NOON.plusSeconds(5))))
                .contains(new Freshness(NOON, 5000, false));
    }

    @Test
    void backlogOfSamples_isBounded_andNeverPromisesTooMuch() {
        for (int i = 0; i < 10_000; i++) {
            freshness.sample(at(NOON.plusMillis(i)), List.of(6L + i, 0L));
        }
        freshness.applied(0, 1_000_000);
        assertThat(freshness.freshness(nanos(NOON.plusMillis(9_999))))
                .contains(new Freshness(NOON.plusMillis(9_999), 0, true));
    }

    @Test
    void clockThatIsSetBack_makesNoStateYounger() {
        freshness.sample(at(NOON), List.of(5L, 0L));
        // An hour back, and Kafka is away from now on: five seconds have passed all the same.
        assertThat(freshness.freshness(nanos(NOON.plusSeconds(5))))
                .contains(new Freshness(NOON, 5_000, false));
        Instant earlier = NOON.minusSeconds(3600);
        freshness.sample(new Moment(earlier, nanos(NOON.plusSeconds(6))), List.of(5L, 0L));
        assertThat(freshness.freshness(nanos(NOON.plusSeconds(7))))
                .contains(new Freshness(earlier, 1_000, true));
    }

    @Test
    void topicThatStandsStill_isToldOnceInAWhile_withItsNextOffset() {
        freshness.sample(at(NOON), List.of(7L, 0L));
        assertThat(freshness.stuck(nanos(NOON), STUCK)).isEmpty();
        assertThat(freshness.stuck(nanos(NOON.plusSeconds(1)), STUCK)).isEmpty();
        assertThat(freshness.stuck(nanos(NOON.plusSeconds(2)), STUCK)).isEqualTo(Map.of(0, 5L));
        assertThat(freshness.stuck(nanos(NOON.plusSeconds(3)), STUCK)).isEmpty();
        freshness.applied(0, 5);
        assertThat(freshness.stuck(nanos(NOON.plusSeconds(4)), STUCK)).isEmpty();
        assertThat(freshness.stuck(nanos(NOON.plusSeconds(6)), STUCK)).isEqualTo(Map.of(0, 6L));
        freshness.passed(0, 6);
        assertThat(freshness.stuck(nanos(NOON.plusSeconds(9)), STUCK)).isEmpty();
        assertThat(freshness.freshness(nanos(NOON.plusSeconds(9)))).isPresent();
    }

    @Test
    void offsetsWithoutRecords_arePassed_andNotWhatTheStateHolds() {
        freshness.applied(0, 5);
        freshness.passed(0, 9);
        assertThat(freshness.stored()).containsExactly(5L, -1L);
        assertThat(freshness.reached(0)).isEqualTo(9);
    }

    @Test
    void topicThatEndsBeforeWhatIsHeld_isTruncated() {
        assertThat(PartitionFreshness.truncated(List.of(4L, -1L), List.of(5L, 0L))).isEmpty();
        assertThat(PartitionFreshness.truncated(List.of(4L, 2L), List.of(5L, 2L))).hasValue(1);
        assertThat(
                PartitionFreshness
                        .truncated(List.of(4L), List.of(PartitionFreshness.UNKNOWN_END)))
                .isEmpty();
    }
}
