package ai.pathbound.projector.freshness;

import ai.pathbound.projector.query.Freshness;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/// What one partition's state holds, held against samples of what Kafka held.
///
/// A sample says: at this moment the topics ended at these offsets. Once the state has reached them
/// all, every change that was in Kafka before that moment is readable.
final class PartitionFreshness {
    /// Samples waiting to be reached. When there are more, the newest stands in for its neighbour:
    /// the answer becomes coarser, never wrong.
    private static final int SAMPLES_MAX = 512;

    /// Without a newer sample for this long it is not known what Kafka holds by now.
    private static final Duration KNOWN_FOR = Duration.ofSeconds(2);

    /// Of a topic Kafka told nothing about.
    static final long UNKNOWN_END = Long.MAX_VALUE;

    private record Sample(Moment at, List<Long> ends) {}

    /// An offset that has been the last one applied since a moment.
    private record Standing(long applied, long sinceNanos) {}

    /// The highest offset of each topic that is applied or holds no record.
    private final AtomicLongArray applied;
    /// The highest offset of each topic that was applied.
    private final AtomicLongArray stored;
    private volatile List<Long> newestEnds = List.of();
    private final Deque<Sample> waiting = new ArrayDeque<>();
    private final Standing[] standing;
    private Optional<Moment> asOf = Optional.empty();

    PartitionFreshness(List<Long> applied) {
        long[] offsets = applied.stream().mapToLong(Long::longValue).toArray();
        this.applied = new AtomicLongArray(offsets);
        stored = new AtomicLongArray(offsets);
        standing = new Standing[offsets.length];
        // As if each had been looked at while it was empty.
        Arrays.fill(standing, new Standing(Long.MIN_VALUE, 0));
    }

    /// Raises the offset the state holds of a topic.
    void applied(int topic, long offset) {
        stored.accumulateAndGet(topic, offset, Math::max);
        passed(topic, offset);
    }

    /// Nothing is left to apply up to this offset.
    void passed(int topic, long offset) {
        applied.accumulateAndGet(topic, offset, Math::max);
    }

    /// The highest offset of a topic that is applied or holds no record.
    long reached(int topic) {
        return applied.get(topic);
    }

    /// The last offset the state holds of each topic.
    List<Long> stored() {
        return IntStream.range(0, stored.length()).mapToObj(stored::get).toList();
    }

    /// The topic that ends before what the state holds of it.
    ///
    /// @param ends asked for after the state held this
    static OptionalInt truncated(List<Long> held, List<Long> ends) {
        return IntStream.range(0, held.size())
                .filter(topic -> ends.get(topic) <= held.get(topic))
                .findFirst();
    }

    /// Takes a sample of the topics' end offsets, made at or after `at`.
    synchronized void sample(Moment at, List<Long> ends) {
        if (waiting.size() >= SAMPLES_MAX) {
            waiting.removeLast();
        }
        waiting.add(new Sample(at, ends));
        newestEnds = ends;
        advance();
    }

    /// How current the state is; empty until it has once reached a sample taken since it started.
    synchronized Optional<Freshness> freshness(long nowNanos) {
        advance();
        return asOf.map(at -> {
            Duration age = at.age(nowNanos);
            return new Freshness(at.instant(), Math.max(0, age.toMillis()),
                    waiting.isEmpty() && age.compareTo(KNOWN_FOR) <= 0);
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

    /// The offsets behind the last one applied, by topic, where Kafka has more but nothing has been
    /// applied for this long: they may hold no records at all. Each is told once in that time.
    synchronized Map<Integer, Long> stuck(long nowNanos, Duration after) {
        advance();
        Map<Integer, Long> stuck = new HashMap<>();
        if (waiting.isEmpty()) {
            return stuck;
        }
        for (int topic = 0; topic < standing.length; topic++) {
            long last = applied.get(topic);
            Standing known = standing[topic];
            boolean told = known.applied() == last
                    && nowNanos - known.sinceNanos() >= after.toNanos();
            if (told && isBehind(waiting.getFirst(), topic)) {
                stuck.put(topic, last + 1);
            }
            if (told || known.applied() != last) {
                standing[topic] = new Standing(last, nowNanos);
            }
        }
        return stuck;
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

    private boolean isBehind(Sample sample, int topic) {
        long end = sample.ends().get(topic);
        return end != UNKNOWN_END && end - 1 > applied.get(topic);
    }
}
