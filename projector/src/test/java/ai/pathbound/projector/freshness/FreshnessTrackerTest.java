package ai.pathbound.projector.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.query.Freshness;
import ai.pathbound.schemas.topics.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Sampling of end offsets, against topics that end where the test says.
final class FreshnessTrackerTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final int PARTITION = 3;
    private static final TopicPartition CONTACTS = new TopicPartition(Topics.CHANGES.getFirst(),
            PARTITION);

    private final FakeTopics kafka = new FakeTopics();
    private final FakeStores stores = new FakeStores();
    private final List<Truncation> truncations = new ArrayList<>();
    private Duration passed = Duration.ZERO;
    private final FreshnessTracker tracker = new FreshnessTracker(kafka,
            Clock.fixed(NOON, ZoneOffset.UTC), () -> passed.toNanos(), new VersionWaiters(),
            stores, truncations::add);

    @AfterEach
    void close() {
        tracker.close();
    }

    @Test
    void partitionThatHoldsAllThereWas_isFresh_andOneThatDoesNotIsNot() {
        tracker.started(PARTITION, List.of(4L, -1L, -1L));
        assertThat(tracker.freshness(PARTITION)).isEmpty();
        kafka.ends.put(CONTACTS, 6L);
        tracker.sample();
        assertThat(tracker.freshness(PARTITION)).isEmpty();
        assertThat(tracker.recordsBehind()).isEqualTo(1);
        tracker.applied(PARTITION, 0, 5);
        assertThat(tracker.freshness(PARTITION)).contains(new Freshness(NOON, 0, true));
        tracker.stopped(PARTITION);
        assertThat(tracker.freshness(PARTITION)).isEmpty();
    }

    @Test
    void kafkaThatCannotBeAsked_letsTheLagGrow_andComesBack() {
        tracker.started(PARTITION, List.of(-1L, -1L, -1L));
        tracker.sample();
        kafka.away = true;
        pass(Duration.ofSeconds(7));
        assertThat(tracker.freshness(PARTITION)).contains(new Freshness(NOON, 7_000, false));
        kafka.away = false;
        tracker.sample();
        assertThat(tracker.freshness(PARTITION)).contains(new Freshness(NOON, 0, true));
    }

    @Test
    void offsetsWithoutRecords_arePassed_byOwnersAndCopiesAlike() {
        tracker.started(PARTITION, List.of(4L, -1L, -1L));
        stores.open.put(5, new OpenStores.Position(stores, List.of(4L, -1L, -1L)));
        TopicPartition copied = new TopicPartition(CONTACTS.topic(), 5);
        // A transaction's marker, or changes of one that was aborted.
        kafka.ends.put(CONTACTS, 8L);
        kafka.ends.put(copied, 6L);
        pass(Duration.ofSeconds(5));
        assertThat(tracker.freshness(PARTITION)).map(Freshness::caughtUp).contains(true);
        assertThat(tracker.copyFreshness(5)).map(Freshness::caughtUp).contains(true);
        assertThat(tracker.copyFreshness(5, stores)).isPresent();
        assertThat(tracker.copyFreshness(5, new Object())).isEmpty();
    }

    @Test
    void offsetsWithRecords_areNotPassed_howeverLongTheyTake() {
        tracker.started(PARTITION, List.of(4L, -1L, -1L));
        kafka.ends.put(CONTACTS, 8L);
        kafka.records.put(CONTACTS, 6L);
        pass(Duration.ofSeconds(20));
        assertThat(tracker.freshness(PARTITION)).isEmpty();
        assertThat(tracker.recordsBehind()).isEqualTo(2);
        tracker.applied(PARTITION, 0, 7);
        assertThat(tracker.freshness(PARTITION)).isPresent();
    }

    @Test
    void emptyOffsetsAreAskedAbout_nowAndThenOnly() {
        tracker.started(PARTITION, List.of(4L, -1L, -1L));
        kafka.ends.put(CONTACTS, 8L);
        kafka.records.put(CONTACTS, 5L);
        pass(Duration.ofSeconds(20));
        assertThat(kafka.asked).isBetween(5, 10);
    }

    @Test
    void topicThatLostItsEnd_isNotCaughtUpWith_andIsTold() {
        tracker.started(PARTITION, List.of(4L, -1L, -1L));
        kafka.ends.put(CONTACTS, 3L);
        pass(Duration.ofSeconds(8));
        assertThat(tracker.freshness(PARTITION)).isEmpty();
        assertThat(truncations).isEmpty();
        pass(Duration.ofSeconds(4));
        assertThat(truncations).contains(new Truncation(CONTACTS, 3, 4));
    }

    @Test
    void brokerThatNamesAnOldEndForAMoment_isNoTruncation() {
        tracker.started(PARTITION, List.of(4L, -1L, -1L));
        for (int i = 0; i < 10; i++) {
            kafka.ends.put(CONTACTS, 3L);
            pass(Duration.ofSeconds(4));
            kafka.ends.put(CONTACTS, 5L);
            pass(Duration.ofSeconds(1));
        }
        assertThat(truncations).isEmpty();
        assertThat(tracker.freshness(PARTITION)).isPresent();
    }

    @Test
    void partitionThatWasOwned_isACopyOfTheSameOpening() {
        tracker.started(PARTITION, List.of(4L, -1L, -1L));
        kafka.ends.put(CONTACTS, 5L);
        tracker.sample();
        stores.open.put(PARTITION, new OpenStores.Position(stores, List.of(4L, -1L, -1L)));
        tracker.stopped(PARTITION);
        assertThat(tracker.copyFreshness(PARTITION, stores)).isPresent();
        assertThat(tracker.copyFreshness(PARTITION, new Object())).isEmpty();
    }

    /// Samples twice a second.
    private void pass(Duration time) {
        for (Duration end = passed.plus(time); passed.compareTo(end) < 0;) {
            passed = passed.plusMillis(500);
            tracker.sample();
        }
    }

    private static final class FakeTopics implements EndOffsets {
        private final Map<TopicPartition, Long> ends = new HashMap<>();
        private final Map<TopicPartition, Long> records = new HashMap<>();
        private boolean away;
        private int asked;

        @Override
        public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
                throws ExecutionException {
            if (away) {
                throw new ExecutionException(new TimeoutException("away"));
            }
            return partitions.stream()
                    .collect(
                            Collectors.toMap(
                                    partition -> partition,
                                    partition -> ends.getOrDefault(partition, 0L)));
        }

        @Override
        public Map<TopicPartition, Long> firstRecords(Map<TopicPartition, Long> from) {
            asked++;
            return from.keySet()
                    .stream()
                    .collect(
                            Collectors.toMap(
                                    partition -> partition,
                                    partition -> records.getOrDefault(
                                            partition,
                                            ends.getOrDefault(partition, 0L))));
        }
    }

    private static final class FakeStores implements OpenStores {
        private final Map<Integer, Position> open = new HashMap<>();

        @Override
        public Map<Integer, Position> look() {
            return Map.copyOf(open);
        }

        @Override
        public Optional<Object> opening(int partition) {
            return Optional.ofNullable(open.get(partition)).map(Position::opening);
        }
    }
}
