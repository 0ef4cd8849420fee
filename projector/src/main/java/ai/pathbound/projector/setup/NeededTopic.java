package ai.pathbound.projector.setup;

import ai.pathbound.schemas.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/// A topic that has to be in Kafka before a node starts.
///
/// @param partitions how many, when it is made
/// @param configs what has to be set on it, sorted by name
public record NeededTopic(String name, int partitions, Map<String, String> configs) {
    /// The segment being written is never compacted: small ones keep a rebuild short.
    private static final int SEGMENT_BYTES = 64 << 20;
    /// A node that was down for days must still see each delete.
    private static final Duration TOMBSTONES_KEPT = Duration.ofDays(7);
    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(30);
    private static final Duration AUDIT_KEPT = Duration.ofDays(365);

    public NeededTopic {
        configs = Map.copyOf(configs);
    }

    /// All of them: the change topics, dead letters and audit.
    ///
    /// @param partitions of each change topic, for good
    public static List<NeededTopic> all(int partitions) {
        List<NeededTopic> all = new ArrayList<>();
        for (String name : Topics.CHANGES) {
            all.add(
                    new NeededTopic(name, partitions,
                            Map.of(
                                    TopicConfig.CLEANUP_POLICY_CONFIG,
                                    TopicConfig.CLEANUP_POLICY_COMPACT,
                                    TopicConfig.DELETE_RETENTION_MS_CONFIG,
                                    millis(TOMBSTONES_KEPT),
                                    TopicConfig.SEGMENT_BYTES_CONFIG,
                                    String.valueOf(SEGMENT_BYTES))));
        }
        all.add(
                new NeededTopic(Topics.DEAD_LETTERS, 1,
                        Map.of(
                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                String.valueOf(Topics.DEAD_LETTER_BYTES_MAX),
                                TopicConfig.RETENTION_MS_CONFIG,
                                millis(DEAD_LETTERS_KEPT))));
        all.add(
                new NeededTopic(Topics.AUDIT, 1,
                        Map.of(TopicConfig.RETENTION_MS_CONFIG, millis(AUDIT_KEPT))));
        return List.copyOf(all);
    }

    private static String millis(Duration time) {
        return String.valueOf(time.toMillis());
    }

    /// How it is made.
    ///
    /// @param replicas of each partition; empty for what the brokers do by default
    public NewTopic creation(Optional<Short> replicas) {
        Map<String, String> all = new TreeMap<>(configs);
        replicas.filter(count -> count > 2)
                .ifPresent(
                        // One may be away, and no acknowledged record is on one disk only.
                        _ -> all.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2"));
        return new NewTopic(name, Optional.of(partitions), replicas).configs(all);
    }
}
