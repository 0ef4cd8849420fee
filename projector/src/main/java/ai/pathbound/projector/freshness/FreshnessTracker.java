package ai.pathbound.projector.freshness;

import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.topology.Backlog;
import ai.pathbound.projector.topology.ProjectionListener;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How current each partition of this process is: stream threads report what is applied, a timer
/// samples where the topics end. While Kafka cannot be asked, `as_of` stands still and the lag grows,
/// which is the truth.
public final class FreshnessTracker implements ProjectionListener, Backlog, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FreshnessTracker.class);
    /// How long a topic may stand still before we ask whether its next offsets hold records at all.
    private static final Duration STUCK_AFTER = Duration.ofSeconds(2);
    /// How long a topic must end before what was applied. A broker that does not know yet that it no
    /// longer leads a partition may say so for a while.
    private static final Duration TRUNCATED_AFTER = Duration.ofSeconds(10);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    /// A partition's state and what it held when Kafka was asked.
    private record Followed(int partition, PartitionFreshness fresh, List<Long> held) {
        static Followed of(Map.Entry<Integer, PartitionFreshness> entry) {
            return new Followed(entry.getKey(), entry.getValue(), entry.getValue().stored());
        }
    }

    private final EndOffsets kafka;
    private final Clock clock;
    private final LongSupplier nanos;
    private final VersionWaiters waiters;
    private final Consumer<Truncation> onTruncated;
    private final Map<Integer, PartitionFreshness> partitions = new ConcurrentHashMap<>();
    private final OpenStores stores;
    private final CopiesFreshness copies = new CopiesFreshness();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("freshness").daemon().factory());
    /// Since when topics have ended before what was applied. Used by the timer alone.
    private final Map<TopicPartition, Long> truncatedSince = new HashMap<>();
    private boolean failing;

    /// Starts sampling.
    ///
    /// @param every time between samples; the least lag that answers can show
    public FreshnessTracker(EndOffsets kafka, Clock clock, Duration every, VersionWaiters waiters) {
        this(kafka, clock, System::nanoTime, waiters, OpenStores.none(), _ -> {
        });
        start(every);
    }

    /// As it is before [#start], copies of partitions that others own included.
    ///
    /// @param nanos monotonic time, as [System#nanoTime] tells it
    /// @param stores stores that are open in this process
    /// @param onTruncated told again and again while a topic ends before what was applied
    public FreshnessTracker(EndOffsets kafka,
            Clock clock,
            LongSupplier nanos,
            VersionWaiters waiters,
            OpenStores stores,
            Consumer<Truncation> onTruncated) {
        this.kafka = kafka;
        this.clock = clock;
        this.nanos = nanos;
        this.waiters = waiters;
        this.stores = stores;
        this.onTruncated = onTruncated;
    }

    /// Samples from now on.
    ///
    /// @param every time between samples; the least lag that answers can show
    public void start(Duration every) {
        var _ = timer
                .scheduleWithFixedDelay(this::sample, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void started(int partition, List<Long> applied) {
        partitions.put(partition, new PartitionFreshness(applied));
    }

    @Override
    public void applied(int partition, int topicIndex, long offset) {
        PartitionFreshness freshness = partitions.get(partition);
        if (freshness != null) {
            freshness.applied(topicIndex, offset);
        }
    }

    @Override
    public void visible(ChangeKey key, long version) {
        waiters.visible(key, version);
    }

    @Override
    public void stopped(int partition) {
        PartitionFreshness left = partitions.remove(partition);
        if (left != null) {
            // What was applied stays applied: as a copy it can stand in for the next owner at once.
            copies.inherit(partition, left, stores.opening(partition));
        }
    }

    @Override
    public boolean goesOnAfter(int partition, int topicIndex, long offset) {
        PartitionFreshness freshness = partitions.get(partition);
        return freshness != null && freshness.goesOnAfter(topicIndex, offset);
    }

    /// How current the partition's state is; empty while this process cannot answer for it: not
    /// assigned here, or not yet caught up since it was.
    public Optional<Freshness> freshness(int partition) {
        PartitionFreshness freshness = partitions.get(partition);
        return freshness == null ? Optional.empty() : freshness.freshness(nanos.getAsLong());
    }

    /// How current the copy of a partition is that this process has and another one owns, or that is
    /// still being restored here; empty when there is none, or it has never been seen to catch up.
    public Optional<Freshness> copyFreshness(int partition) {
        return copies.freshness(partition, nanos.getAsLong());
    }

    /// As [#copyFreshness(int)], of this opening of the store and no other.
    public Optional<Freshness> copyFreshness(int partition, Object opening) {
        return copies.freshness(partition, opening, nanos.getAsLong());
    }

    /// Partitions assigned to this process and restored.
    public Set<Integer> partitions() {
        return Set.copyOf(partitions.keySet());
    }

    /// Records known to be in Kafka and not applied yet.
    public long recordsBehind() {
        return partitions.values().stream().mapToLong(PartitionFreshness::recordsBehind).sum();
    }

    /// Looks once at where the topics end.
    void sample() {
        try {
            Map<Integer, PartitionFreshness> own = Map.copyOf(partitions);
            copies.look(stores.look(), partition -> freshness(partition).isEmpty());
            // Before asking: what is written while we ask may be missing from the answer.
            List<Followed> all = new ArrayList<>();
            own.entrySet().stream().map(Followed::of).forEach(all::add);
            copies.all().entrySet().stream().map(Followed::of).forEach(all::add);
            if (all.isEmpty()) {
                return;
            }
            Moment at = new Moment(clock.instant(), nanos.getAsLong());
            Map<TopicPartition, Long> ends = kafka
                    .ends(topicPartitions(all.stream().map(Followed::partition).toList()));
            for (Followed one : all) {
                take(one, at, ends(ends, one.partition()));
            }
            passEmptyOffsets(all, at);
            failing = false;
        } catch (ExecutionException | RuntimeException e) {
            if (!failing) {
                log.warn("Kafka cannot be asked for end offsets: {}", e.getMessage());
            }
            failing = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Followed one, Moment at, List<Long> ends) {
        OptionalInt truncated = PartitionFreshness.truncated(one.held(), ends);
        for (int topic = 0; topic < ends.size(); topic++) {
            var partition = new TopicPartition(Topics.CHANGES.get(topic), one.partition());
            if (truncated.isEmpty() || truncated.getAsInt() != topic) {
                truncatedSince.remove(partition);
            } else {
                long since = truncatedSince.computeIfAbsent(partition, _ -> at.nanos());
                if (at.nanos() - since >= TRUNCATED_AFTER.toNanos()) {
                    onTruncated.accept(
                            new Truncation(partition, ends.get(topic), one.held().get(topic)));
                }
            }
        }
        // State that is ahead of its topic is up to date with nothing.
        if (truncated.isEmpty()) {
            one.fresh().sample(at, ends);
        }
    }

    private static List<Long> ends(Map<TopicPartition, Long> ends, int partition) {
        return topicPartitions(Set.of(partition)).stream()
                .map(topic -> ends.getOrDefault(topic, PartitionFreshness.UNKNOWN_END))
                .toList();
    }

    /// Owners are not told of offsets without records, and copies even less: a topic that ends with
    /// some would never be reached.
    private void passEmptyOffsets(List<Followed> all, Moment at)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> from = new HashMap<>();
        for (Followed one : all) {
            one.fresh()
                    .stuck(at.nanos(), STUCK_AFTER)
                    .forEach(
                            (topic, offset) -> from.merge(
                                    new TopicPartition(Topics.CHANGES.get(topic), one.partition()),
                                    offset,
                                    Math::min));
        }
        if (from.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> records = kafka.firstRecords(from);
        from.forEach((partition, offset) -> {
            long first = records.getOrDefault(partition, offset);
            int topic = Topics.CHANGES.indexOf(partition.topic());
            all.stream()
                    .filter(one -> one.partition() == partition.partition())
                    .forEach(one -> pass(one, topic, offset, first));
        });
    }

    /// The copy of a partition may be behind the one that was asked about.
    private static void pass(Followed one, int topic, long from, long first) {
        if (one.fresh().reached(topic) >= from - 1) {
            one.fresh().passed(topic, first - 1);
        }
    }

    private static List<TopicPartition> topicPartitions(Collection<Integer> partitions) {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition : Set.copyOf(partitions)) {
            Topics.CHANGES.forEach(topic -> all.add(new TopicPartition(topic, partition)));
        }
        return all;
    }

    /// Waits for a sample that is being taken.
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Kafka is still being asked for end offsets");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
