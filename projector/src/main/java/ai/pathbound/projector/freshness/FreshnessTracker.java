package ai.pathbound.projector.freshness;

import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.topology.Backlog;
import ai.pathbound.projector.topology.ProjectionListener;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How current each partition of this process is: stream threads report what is applied, a timer
/// samples where the topics end. While Kafka cannot be asked, `as_of` stands still and the lag grows,
/// which is the truth.
public final class FreshnessTracker implements ProjectionListener, Backlog, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FreshnessTracker.class);
    /// How long a sample may wait before we ask whether its last offsets hold records at all.
    private static final Duration STUCK_AFTER = Duration.ofSeconds(2);

    private final EndOffsets kafka;
    private final Clock clock;
    private final VersionWaiters waiters;
    private final Map<Integer, PartitionFreshness> partitions = new ConcurrentHashMap<>();
    private final Supplier<Map<Integer, List<Long>>> stored;
    private final CopiesFreshness copies = new CopiesFreshness();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("freshness").daemon().factory());
    private boolean failing;

    /// Starts sampling.
    ///
    /// @param every time between samples; the least lag that answers can show
    public FreshnessTracker(EndOffsets kafka, Clock clock, Duration every, VersionWaiters waiters) {
        this(kafka, clock, every, waiters, Map::of);
    }

    /// Starts sampling, copies of partitions that others own as well.
    ///
    /// @param stored partitions that are open in this process, whoever brings them up to date, with the
    ///     last offset their state holds of each change topic
    public FreshnessTracker(EndOffsets kafka,
            Clock clock,
            Duration every,
            VersionWaiters waiters,
            Supplier<Map<Integer, List<Long>>> stored) {
        this.kafka = kafka;
        this.stored = stored;
        this.clock = clock;
        this.waiters = waiters;
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
            copies.inherit(partition, left);
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
        return freshness == null ? Optional.empty() : freshness.freshness(clock.instant());
    }

    /// How current the copy of a partition is that this process has and somebody else owns, or that is
    /// still being restored here; empty when there is none, or it has never been seen to catch up.
    public Optional<Freshness> copyFreshness(int partition) {
        return copies.freshness(partition, clock.instant());
    }

    /// Partitions assigned to this process and restored.
    public Set<Integer> partitions() {
        return Set.copyOf(partitions.keySet());
    }

    /// Records known to be in Kafka and not applied yet.
    public long recordsBehind() {
        return partitions.values().stream().mapToLong(PartitionFreshness::recordsBehind).sum();
    }

    private void sample() {
        try {
            Map<Integer, PartitionFreshness> own = Map.copyOf(partitions);
            copies.look(stored.get(), partition -> freshness(partition).isEmpty());
            Set<Integer> all = new HashSet<>(own.keySet());
            all.addAll(copies.all().keySet());
            if (all.isEmpty()) {
                return;
            }
            // Before asking: what is written while we ask may be missing from the answer.
            Instant at = clock.instant();
            Map<TopicPartition, Long> ends = kafka.ends(topicPartitions(all));
            own.forEach((partition, fresh) -> fresh.sample(at, ends(ends, partition)));
            copies.all().forEach((partition, fresh) -> fresh.sample(at, ends(ends, partition)));
            passEmptyOffsets(own, at.minus(STUCK_AFTER));
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

    private static List<Long> ends(Map<TopicPartition, Long> ends, int partition) {
        return topicPartitions(Set.of(partition)).stream()
                .map(topic -> ends.getOrDefault(topic, PartitionFreshness.UNKNOWN_END))
                .toList();
    }

    private void passEmptyOffsets(Map<Integer, PartitionFreshness> current, Instant stuckSince)
            throws ExecutionException, InterruptedException {
        List<Integer> stuck = current.entrySet()
                .stream()
                .filter(entry -> entry.getValue().isWaitingSince(stuckSince))
                .map(Map.Entry::getKey)
                .toList();
        if (stuck.isEmpty()) {
            return;
        }
        kafka.passed(topicPartitions(stuck))
                .forEach(
                        (partition, offset) -> applied(
                                partition.partition(),
                                Topics.CHANGES.indexOf(partition.topic()),
                                offset - 1));
    }

    private static List<TopicPartition> topicPartitions(Collection<Integer> partitions) {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition : partitions) {
            Topics.CHANGES.forEach(topic -> all.add(new TopicPartition(topic, partition)));
        }
        return all;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
