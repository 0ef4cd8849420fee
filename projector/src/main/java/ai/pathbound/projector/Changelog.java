package ai.pathbound.projector;

import ai.pathbound.projector.rocks.ChangelogReach;
import ai.pathbound.projector.topology.SourceChangedException;
import ai.pathbound.schemas.topics.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The changelog topic, held against the state on this disk and against what the group believes to have
/// applied. When they do not belong together, the node must not start: Kafka Streams would create a
/// missing changelog again, empty, and go on behind the old offsets, without all that came before.
final class Changelog implements ChangelogReach {
    private static final Logger log = LoggerFactory.getLogger(Changelog.class);
    private static final String WAY_OUT = " Stop all nodes and run './pathbound rebuild', which makes"
            + " everything again from the change topics.";
    /// What Kafka does where nothing else was asked for, as it was not by earlier versions.
    private static final Duration DELETES_KEPT_BY_DEFAULT = Duration.ofDays(1);

    private final Admin admin;
    private final String group;
    private final FollowSettings following;
    private final String topic;
    private final Path folder;
    private final Clock clock;
    /// How old local state may be; known once the changelog was looked at.
    private volatile Duration trusted = Duration.ZERO;

    /// @param settings with the application id of the row format
    /// @param store name of the store
    Changelog(Admin admin, ProjectorSettings settings, String store, Clock clock) {
        this.admin = admin;
        this.clock = clock;
        group = settings.applicationId();
        following = settings.following();
        topic = group + "-" + store + "-changelog";
        folder = settings.stateDir().resolve(group);
    }

    String topic() {
        return topic;
    }

    /// Throws [CannotStartException] with the reason and the way out when the three do not belong
    /// together; notes where the state comes from otherwise.
    ///
    /// @param topicIds ids of the change topics
    void check(int partitions, Map<String, Uuid> topicIds) throws InterruptedException {
        try {
            String clusterId = admin.describeCluster().clusterId().get();
            Optional<StateOrigin> origin = StateOrigin.read(folder);
            requireSameCluster(origin, clusterId);
            origin.ifPresent(known -> requireSameTopics(known, topicIds));
            Optional<TopicDescription> found = describe();
            Optional<Uuid> id = found.map(TopicDescription::topicId);
            origin.flatMap(StateOrigin::changelog).ifPresent(known -> requireSame(known, id));
            if (found.isPresent()) {
                requirePartitions(found.get().partitions().size(), partitions);
            }
            requireWhole(found.isPresent(), partitions);
            Duration kept = found.isPresent() ? deletesKept() : following.deletesKept();
            Duration before = origin.isEmpty()
                    ? kept
                    : origin.get().deletesKept().orElse(DELETES_KEPT_BY_DEFAULT);
            trusted = following.trusted(kept.compareTo(before) < 0 ? kept : before);
            if (kept.compareTo(following.deletesKept()) < 0) {
                keepDeletes(kept);
            }
            new StateOrigin(clusterId, id, topicIds,
                    Optional.of(Collections.max(List.of(kept, following.deletesKept()))))
                    .write(folder);
        } catch (ExecutionException e) {
            throw new CannotStartException("Kafka does not tell about the topic " + topic + ": "
                    + message(e) + ". Check the rights of this node's user.", e);
        }
    }

    private void requireSameTopics(StateOrigin origin, Map<String, Uuid> now) {
        origin.topics().forEach((name, was) -> {
            Uuid id = now.getOrDefault(name, was);
            if (!id.equals(was)) {
                throw new CannotStartException(
                        String.valueOf(SourceChangedException.recreated(name, was, id).getMessage())
                                + " The state in " + folder + " belongs to the old one.");
            }
        });
    }

    /// How long the changelog keeps deletes, counted from when compaction first comes across them.
    private Duration deletesKept() throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        ConfigEntry entry = config == null
                ? null
                : config.get(TopicConfig.DELETE_RETENTION_MS_CONFIG);
        return entry == null ? Duration.ZERO : Duration.ofMillis(Long.parseLong(entry.value()));
    }

    /// Corrects a changelog that was created by an earlier version or with another setting.
    private void keepDeletes(Duration kept) throws ExecutionException, InterruptedException {
        String value = String.valueOf(following.deletesKept().toMillis());
        String setting = TopicConfig.DELETE_RETENTION_MS_CONFIG + "=" + value;
        try {
            admin.incrementalAlterConfigs(
                    Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(
                                    new AlterConfigOp(
                                            new ConfigEntry(TopicConfig.DELETE_RETENTION_MS_CONFIG,
                                                    value),
                                            AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            log.warn("The topic {} kept deletes for {} only; {} is set", topic, kept, setting);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
            throw new CannotStartException("The topic " + topic + " keeps deletes for " + kept
                    + " only; a node that was away for " + following.awayAtMost()
                    + " (pathbound.projector.away-at-most) would keep rows that are gone. Run"
                    + " 'kafka-configs.sh --bootstrap-server … --alter --topic " + topic
                    + " --add-config " + setting + "'.", e);
        }
    }

    @Override
    public boolean holdsAllAfter(TopicPartition changelog, long offset) {
        try {
            long since = clock.instant().minus(trusted).toEpochMilli();
            // Deletes that are younger than this are still there. What was written before has to be in the
            // state: its deletes may be gone.
            long young = offset(changelog, OffsetSpec.forTimestamp(since));
            return offset + 1 >= (young < 0 ? offset(changelog, OffsetSpec.latest()) : young);
        } catch (ExecutionException e) {
            throw new StreamsException("Kafka does not tell how old the records of " + changelog
                    + " are", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StreamsException("interrupted while asking about " + changelog, e);
        }
    }

    private long offset(TopicPartition partition, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        return admin.listOffsets(Map.of(partition, which))
                .partitionResult(partition)
                .get()
                .offset();
    }

    private void requireSameCluster(Optional<StateOrigin> origin, String clusterId) {
        if (origin.isPresent() && !origin.get().clusterId().equals(clusterId)) {
            throw new CannotStartException("The state in " + folder
                    + " was made from another Kafka cluster (" + origin.get().clusterId()
                    + ", this one is " + clusterId
                    + "). Use another pathbound.projector.state-dir, or point"
                    + " pathbound.projector.bootstrap-servers at that cluster; './pathbound rebuild"
                    + " --local' throws the state away.");
        }
    }

    private void requireSame(Uuid known, Optional<Uuid> now) {
        if (now.isEmpty()) {
            throw new CannotStartException("The topic " + topic + " was deleted; the state in "
                    + folder + " cannot go on without it." + WAY_OUT);
        }
        if (!now.get().equals(known)) {
            throw new CannotStartException("The topic " + topic
                    + " was deleted and created again: it does not hold what the state in " + folder
                    + " was made from. If it was rebuilt on purpose from another node, run 'pathbound"
                    + " rebuild --local' here; if not, nothing can be made from it." + WAY_OUT);
        }
    }

    private void requirePartitions(int found, int wanted) {
        if (found != wanted) {
            throw new CannotStartException("The topic " + topic + " has " + found
                    + " partitions and the change topics have " + wanted
                    + ": tenants would be looked for where their data is not." + WAY_OUT);
        }
    }

    /// What the group has applied must be in the changelog, from its beginning.
    private void requireWhole(boolean exists, int partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<Integer, Long> begins = exists
                ? offsets(partitions, OffsetSpec.earliest())
                : Map.of();
        Map<Integer, Long> ends = exists ? offsets(partitions, OffsetSpec.latest()) : Map.of();
        List<Integer> cut = new ArrayList<>();
        List<Integer> empty = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            if (begins.getOrDefault(partition, 0L) > 0) {
                cut.add(partition);
            }
            if (ends.getOrDefault(partition, 0L) == 0 && hasApplied(committed, partition)) {
                empty.add(partition);
            }
        }
        if (!cut.isEmpty()) {
            throw new CannotStartException("The beginning of the topic " + topic
                    + " was cut off (partitions " + cut
                    + "): state cannot be restored from it. Its cleanup.policy must be compact alone."
                    + WAY_OUT);
        }
        if (!empty.isEmpty()) {
            throw new CannotStartException("The topic " + topic + (exists
                    ? " is empty (partitions " + empty + ")"
                    : " was deleted")
                    + ", but the group " + group + " has applied changes to it." + WAY_OUT);
        }
    }

    private static boolean hasApplied(Map<TopicPartition, OffsetAndMetadata> committed,
            int partition) {
        return Topics.CHANGES.stream()
                .map(name -> committed.get(new TopicPartition(name, partition)))
                .anyMatch(offset -> offset != null && offset.offset() > 0);
    }

    private Map<Integer, Long> offsets(int partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(Function.identity(), _ -> which));
        Map<TopicPartition, ListOffsetsResultInfo> found = admin.listOffsets(asked).all().get();
        return found.entrySet()
                .stream()
                .collect(
                        Collectors.toMap(
                                entry -> entry.getKey().partition(),
                                entry -> entry.getValue().offset()));
    }

    /// Notes the id of the changelog that Kafka Streams has made at the first start.
    void made(Uuid id) {
        StateOrigin.read(folder)
                .filter(origin -> origin.changelog().isEmpty())
                .ifPresent(
                        origin -> origin.with(id).write(folder));
    }

    /// As it is in Kafka, if it is there.
    Optional<TopicDescription> describe() throws ExecutionException, InterruptedException {
        KafkaFuture<TopicDescription> answer = admin.describeTopics(List.of(topic))
                .topicNameValues()
                .get(topic);
        if (answer == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(answer.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String message(ExecutionException e) {
        Throwable cause = e.getCause();
        return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
    }
}
