package ai.pathbound.projector;

import ai.pathbound.schemas.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the change topics still hold what the read model is made from: looked at before a node starts.
/// Lost newest records are refused, because new ones would be skipped; lost oldest ones are told, because
/// a rebuild cannot bring them back.
final class FeedHistory {
    private static final Logger log = LoggerFactory.getLogger(FeedHistory.class);
    /// A broker that does not know yet that it no longer leads a partition may name an older end.
    private static final int LOOKS = 5;
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final String FOR_EVER = "-1";

    private final Admin admin;
    private final String group;
    private final List<TopicPartition> partitions;

    FeedHistory(Admin admin, String group, int partitions) {
        this.admin = admin;
        this.group = group;
        this.partitions = Topics.CHANGES.stream()
                .flatMap(
                        topic -> IntStream.range(0, partitions)
                                .mapToObj(partition -> new TopicPartition(topic, partition)))
                .toList();
    }

    /// Throws [CannotStartException] when a topic ends before what the group has applied of it.
    void check() throws InterruptedException {
        try {
            Map<TopicPartition, Long> applied = applied();
            requireWhole(applied);
            sayWhatIsLost(applied);
        } catch (ExecutionException e) {
            throw new CannotStartException("Kafka does not tell about the change topics: "
                    + cause(e).getMessage() + ". Check the rights of this node's user.", e);
        }
        sayWhatWillBeLost();
    }

    private static Throwable cause(ExecutionException e) {
        return Optional.ofNullable(e.getCause()).orElse(e);
    }

    /// The offset behind the last record the group has applied of each partition.
    private Map<TopicPartition, Long> applied() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, Long> applied = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset != null) {
                applied.put(partition, offset.offset());
            }
        }
        return applied;
    }

    private void requireWhole(Map<TopicPartition, Long> applied)
            throws ExecutionException, InterruptedException {
        for (int look = 1;; look++) {
            Map<TopicPartition, Long> ends = offsets(OffsetSpec.latest());
            Optional<String> truncated = applied.entrySet()
                    .stream()
                    .flatMap(
                            one -> truncated(
                                    one.getKey(),
                                    ends.getOrDefault(one.getKey(), Long.MAX_VALUE),
                                    one.getValue()))
                    .findFirst();
            if (truncated.isEmpty()) {
                return;
            }
            if (look == LOOKS) {
                throw new CannotStartException(truncated.get());
            }
            Thread.sleep(BETWEEN);
        }
    }

    /// @param next offset behind the last one that was applied
    private static Stream<String> truncated(TopicPartition partition, long end, long next) {
        return end < next ? Stream.of(message(partition, end, next - 1)) : Stream.empty();
    }

    /// @param applied last offset that was applied
    static String message(TopicPartition partition, long end, long applied) {
        return "The topic " + partition.topic() + " has lost its newest records: partition "
                + partition.partition() + " ends at offset " + end + ", but the change at offset "
                + applied + " was applied. New changes would take the offsets of lost ones and be"
                + " skipped. Have the backend publish again what it has published since, stop all"
                + " nodes and run './pathbound rebuild', which makes everything again from the"
                + " change topics.";
    }

    private void sayWhatIsLost(Map<TopicPartition, Long> applied)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> begins = offsets(OffsetSpec.earliest());
        List<String> cut = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            long begin = begins.getOrDefault(partition, 0L);
            if (begin > 0 && !applied.containsKey(partition)) {
                cut.add(partition + " begins at offset " + begin);
            }
        }
        if (!cut.isEmpty()) {
            log.error(
                    "The beginning of the change topics was removed and is not in this read model:"
                            + " what has not changed since is missing from all answers ({}). Have the"
                            + " backend publish everything again",
                    String.join(", ", cut));
        }
    }

    private Map<TopicPartition, Long> offsets(OffsetSpec which)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(
                        partitions.stream()
                                .collect(Collectors.toMap(Function.identity(), _ -> which)),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(
                        Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private void sayWhatWillBeLost() throws InterruptedException {
        List<ConfigResource> topics = Topics.CHANGES.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        try {
            Map<ConfigResource, Config> configs = admin.describeConfigs(topics).all().get();
            configs.forEach(
                    (topic, config) -> loss(config).ifPresent(
                            loss -> log.error(
                                    "The topic {} has {}: older changes are removed, and every"
                                            + " rebuild will lack them. Run 'kafka-configs.sh"
                                            + " --bootstrap-server … --alter --topic {} --add-config"
                                            + " cleanup.policy=compact'",
                                    topic.name(),
                                    loss,
                                    topic.name())));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                log.warn("The settings of the change topics cannot be looked at", e);
                return;
            }
            log.warn(
                    "The settings of the change topics cannot be looked at: this node's user lacks"
                            + " DESCRIBE_CONFIGS. See to it that their cleanup.policy is compact");
        }
    }

    /// What removes changes that nothing newer has replaced, if anything does.
    static Optional<String> loss(Config config) {
        String policy = value(config, TopicConfig.CLEANUP_POLICY_CONFIG);
        if (!policy.contains(TopicConfig.CLEANUP_POLICY_DELETE)) {
            return Optional.empty();
        }
        List<String> limits = List
                .of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG)
                .stream()
                .filter(name -> !value(config, name).equals(FOR_EVER))
                .map(name -> name + "=" + value(config, name))
                .toList();
        return limits.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "cleanup.policy=" + policy + " with " + String.join(" and ", limits));
    }

    private static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? FOR_EVER : entry.value();
    }
}
