package ai.pathbound.projector.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.query.Freshness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How current copies are, judged by their progress rows alone.
final class CopiesFreshnessTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private final CopiesFreshness copies = new CopiesFreshness();

    /// Of the store under test, as long as it stays open.
    private Object opening = new Object();

    private static Moment at(Instant instant) {
        return new Moment(instant, nanos(instant));
    }

    private static long nanos(Instant instant) {
        return Duration.between(START, instant).toNanos();
    }

    private OpenStores.Position position(long... applied) {
        return new OpenStores.Position(opening, List.of(applied[0], applied[1], applied[2]));
    }

    private void look(long... applied) {
        copies.look(Map.of(3, position(applied)), _ -> true);
    }

    private void sample(Instant at, long... ends) {
        copies.all()
                .forEach((_, fresh) -> fresh.sample(at(at), List.of(ends[0], ends[1], ends[2])));
    }

    @Test
    void copyThatHasReachedASample_isAsCurrentAsThat() {
        look(9, 4, -1);
        sample(START, 11, 5, 0);
        assertThat(copies.freshness(3, nanos(START))).isEmpty();
        sample(START.plusSeconds(1), 12, 5, 0);
        look(10, 4, -1);
        assertThat(copies.freshness(3, nanos(START.plusSeconds(5))))
                .contains(new Freshness(START, 5_000, false));
        look(11, 4, -1);
        assertThat(copies.freshness(3, nanos(START.plusSeconds(2))))
                .contains(new Freshness(START.plusSeconds(1), 1_000, true));
    }

    @Test
    void copyThatLostRows_isJudgedAnew() {
        look(9, 4, -1);
        sample(START, 10, 5, 0);
        assertThat(copies.freshness(3, nanos(START))).isPresent();
        look(8, 4, -1);
        assertThat(copies.freshness(3, nanos(START))).isEmpty();
    }

    @Test
    void partitionThatWasOwned_goesOnAsACopy_asCurrentAsItWas() {
        PartitionFreshness owned = new PartitionFreshness(List.of(9L, 4L, -1L));
        owned.sample(at(START), List.of(10L, 5L, 0L));
        copies.inherit(3, owned, Optional.of(opening));
        look(9, 4, -1);
        // The next owner has applied nothing yet: this copy will not reach newer samples soon.
        sample(START.plusSeconds(1), 12, 5, 0);
        assertThat(copies.freshness(3, nanos(START.plusSeconds(2))))
                .contains(new Freshness(START, 2_000, false));
    }

    @Test
    void partitionThatWasOwned_andLostRowsWhenItWasClosed_isJudgedAnew() {
        PartitionFreshness owned = new PartitionFreshness(List.of(9L, 4L, -1L));
        owned.sample(at(START), List.of(10L, 5L, 0L));
        copies.inherit(3, owned, Optional.of(opening));
        look(7, 4, -1);
        assertThat(copies.freshness(3, nanos(START))).isEmpty();
    }

    @Test
    void copyThatLeft_orIsOwnedNow_isNone() {
        look(9, 4, -1);
        sample(START, 10, 5, 0);
        copies.look(Map.of(3, position(9, 4, -1)), _ -> false);
        assertThat(copies.freshness(3, nanos(START))).isEmpty();
        look(9, 4, -1);
        copies.look(Map.of(), _ -> true);
        assertThat(copies.all()).isEmpty();
    }

    @Test
    void storeThatWasOpenedAgain_isJudgedAnew_evenIfItHoldsMore() {
        look(9, 4, -1);
        sample(START, 10, 5, 0);
        Object before = opening;
        assertThat(copies.freshness(3, before, nanos(START))).isPresent();
        opening = new Object();
        // Opened with less and filled up to more between two looks.
        assertThat(copies.freshness(3, opening, nanos(START))).isEmpty();
        look(10, 4, -1);
        assertThat(copies.freshness(3, before, nanos(START))).isEmpty();
        assertThat(copies.freshness(3, opening, nanos(START))).isEmpty();
        sample(START.plusSeconds(1), 11, 5, 0);
        assertThat(copies.freshness(3, opening, nanos(START.plusSeconds(1)))).isPresent();
    }
}
