package ai.pathbound.projector;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;

/// How Kafka Streams is set up, each line with its reason. Visible so that it can be measured with what it
/// is compared with.
public final class StreamsSettings {
    /// Changes of a transaction that was aborted never happened, whatever this node promises itself.
    static final String ISOLATION = "read_committed";

    private StreamsSettings() {}

    /// The settings of a node.
    ///
    /// @param nodeId names this node across restarts, so that a restart within the session timeout
    ///     moves no partition
    public static Map<String, Object> of(ProjectorSettings settings, String nodeId) {
        Map<String, Object> all = new HashMap<>();
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        all.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        all.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.streamThreads());
        // The progress row makes redelivery harmless; transactions add work and fence off nodes that
        // were thought dead.
        all.put(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                settings.following().exactlyOnce()
                        ? StreamsConfig.EXACTLY_ONCE_V2
                        : StreamsConfig.AT_LEAST_ONCE);
        // Bounds what is applied again after a crash.
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
        // Our store writes at once; a cache above it would only delay and mix up batches.
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // Nothing here depends on record times; a negative or far future one must not stop a thread or
        // make the broker refuse the changelog record.
        all.put(
                StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG,
                WallclockTimestampExtractor.class);
        // Nor does it on which topic's change comes first: do not wait for records of one topic because
        // others have some, and do not look for them before each record.
        all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
        all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // Local state is thrown away when it may have missed deletes that the changelog no longer has.
        all.put(
                StreamsConfig.STATE_CLEANUP_DELAY_MS_CONFIG,
                settings.following().awayAtMost().toMillis());
        all.put(
                StreamsConfig.topicPrefix(TopicConfig.DELETE_RETENTION_MS_CONFIG),
                settings.following().deletesKept().toMillis());
        all.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                nodeId);
        // The least brokers allow unless told otherwise: a standby is up to date, so moving work to it
        // costs less than waiting for a node that may be dead.
        int sessionMillis = Math.toIntExact(settings.following().sessionTimeout().toMillis());
        all.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                sessionMillis);
        // Two heartbeats may be lost.
        all.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                sessionMillis * 3 / 10);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        all.put(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
                10_000);
        all.put(
                StreamsConfig
                        .restoreConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
                8 << 20);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        all.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 10);
        // A dead letter wraps the largest record the change topics can hold.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 4 << 20);
        all.put(StreamsConfig.topicPrefix(TopicConfig.SEGMENT_BYTES_CONFIG), 64 << 20);
        settings.cluster()
                .address()
                .ifPresent(
                        address -> all
                                .put(StreamsConfig.APPLICATION_SERVER_CONFIG, address.toString()));
        all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.cluster().standbys());
        // How long a partition stays where it is after a new node has made itself a copy; the minimum.
        all.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, 60_000L);
        all.putAll(settings.kafka());
        // Behind what was passed through: a node that reads the uncommitted is wrong for good.
        all.keySet().removeIf(name -> name.endsWith(ConsumerConfig.ISOLATION_LEVEL_CONFIG));
        all.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG),
                ISOLATION);
        return all;
    }
}
