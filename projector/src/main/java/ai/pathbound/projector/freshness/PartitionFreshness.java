package ai.pathbound.projector.freshness;

import ai.pathbound.projector.query.Freshness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/// What one partition's state holds, held against samples of what Kafka held.
///
/// A sample says: at this instant the topics ended at these offsets. Once the state has reached them
/// all, every change that was in Kafka before that instant is readable.
final class PartitionFreshness {
    /// Samples waiting to be reached. When there are more, the newest stands in for its neighbour:
    /// the answer becomes coarser, never wrong.
    private static final int SAMPLES_MAX = 512;

    /// Without a newer sample for this long nobody knows what Kafka holds by now.
    private static final Duration KNOWN_FOR = Duration.ofSeconds(2);

    /// Of a topic Kafka told nothing about.
    static final long UNKNOWN_END = Long.MAX_VALUE;

    private record Sample(Instant at, List<Long> ends) {}

    private final AtomicLongArray applied;
    private volatile List<Long> newestEnds = List.of();
    private final Deque<Sample> waiting = new ArrayDeque<>();
    private Optional<Instant> asOf = Optional.empty();

    PartitionFreshness(List<Long> applied) {
        this.applied = new AtomicLongArray(applied.stream().mapToLong(Long::longValue).toArray());
    }

    /// Raises the offset the state holds of a topic.
    void applied(int topic, long offset) {
        applied.accumulateAndGet(topic, offset, Math::max);
    }

    /// The last offset the state holds of each topic.
    List<Long> applied() {
        return IntStream.range(0, applied.length()).mapToObj(applied::get).toList();
    }

    /// Takes a sample of the topics' end offsets, made at or after `at`.
    synchronized void sample(Instant at, List<Long> ends) {
        if (waiting.size() >= SAMPLES_MAX) {
            waiting.removeLast();
        }
        waiting.add(new Sample(at, ends));
        newestEnds = ends;
        advance();
    }

    /// How current the state is; empty until it has once reached a sample taken since it started.
    synchronized Optional<Freshness> freshness(Instant now) {
        advance();
        return asOf.map(at -> {
            Duration lag = Duration.between(at, now);
            return new Freshness(at, Math.max(0, lag.toMillis()),
                    waiting.isEmpty() && lag.compareTo(KNOWN_FOR) <= 0);
        });
    }

    /// Records that were in Kafka at the newest sample and are not applied yet.
    synchronized long recordsBehind() {
        advance();
        return waiting.isEmpty() ? 0 : behind(waiting.getLast());
    }

    /// Whether the topic had records behind this one at the newest sample.
    boolean goesOnAfter(int topic, long offset) {
        List<Long> ends = newestEnds;
        return !ends.isEmpty() && ends.get(topic) != UNKNOWN_END && offset < ends.get(topic) - 1;
    }

    /// Whether the oldest waiting sample was taken before this instant.
    synchronized boolean isWaitingSince(Instant instant) {
        advance();
        return !waiting.isEmpty() && waiting.getFirst().at().isBefore(instant);
    }

    private void advance() {
        while (!waiting.isEmpty() && behind(waiting.getFirst()) == 0) {
            asOf = Optional.of(waiting.removeFirst().at());
        }
    }

    private long behind(Sample sample) {
        long records = 0;
        for (int topic = 0; topic < applied.length(); topic++) {
            records += Math.max(0, sample.ends().get(topic) - 1 - applied.get(topic));
        }
        return records;
    }
}
