package ai.pathbound.bench.projection;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;

/// The settings of Kafka Streams for both sides: those of a node that bear on throughput.
final class Settings {
    private static final int STREAM_THREADS = 2;

    private Settings() {}

    static StreamsConfig of(String bootstrapServers, String application, Path folder) {
        Properties all = new Properties();
        all.putAll(
                Map.ofEntries(
                        Map.entry(StreamsConfig.APPLICATION_ID_CONFIG, application),
                        Map.entry(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                        Map.entry(StreamsConfig.STATE_DIR_CONFIG, folder.toString()),
                        Map.entry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, STREAM_THREADS),
                        Map.entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000),
                        Map.entry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0),
                        Map.entry(
                                StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG,
                                WallclockTimestampExtractor.class),
                        Map.entry(
                                StreamsConfig
                                        .consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
                                "earliest"),
                        Map.entry(
                                StreamsConfig
                                        .producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG),
                                "lz4"),
                        Map.entry(
                                StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG),
                                128 << 10),
                        Map.entry(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
                                10),
                        Map.entry(
                                StreamsConfig.topicPrefix(TopicConfig.SEGMENT_BYTES_CONFIG),
                                64 << 20)));
        return new StreamsConfig(all);
    }
}
