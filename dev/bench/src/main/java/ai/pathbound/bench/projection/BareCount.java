package ai.pathbound.bench.projection;

import ai.pathbound.schemas.topics.Topics;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.state.KeyValueStore;

/// The least a stateful topology can do with the records: count them by key in RocksDB, with a
/// changelog. No cache, so that each record is a write, as it is for us.
final class BareCount {
    private static final String STORE = "counts";

    private BareCount() {}

    static Topology topology(Arrivals arrivals) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(Topics.CHANGES, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .groupByKey(Grouped.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .count(
                        Materialized.<byte[], Long, KeyValueStore<Bytes, byte[]>>as(STORE)
                                .withKeySerde(Serdes.ByteArray())
                                .withValueSerde(Serdes.Long())
                                .withCachingDisabled())
                .toStream()
                .foreach((_, _) -> arrivals.one());
        return builder.build();
    }
}
