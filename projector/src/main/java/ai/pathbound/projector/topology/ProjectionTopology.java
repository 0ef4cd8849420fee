package ai.pathbound.projector.topology;

import ai.pathbound.schemas.topics.Topics;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/// The whole topology. One sub-topology: the three change topics, equally partitioned by tenant, meet
/// in one processor with one store, so that a tenant has one writer and one changelog orders all its
/// rows.
///
/// Names are part of the state on disk and of the changelog topic; a test holds them.
public final class ProjectionTopology {
    /// Name of the store and so of its changelog; the suffix is the major version of the row formats.
    public static final String STORE = RowFormat.CURRENT.store();
    static final String CONTACTS = "contact-changes";
    static final String COMPANIES = "company-changes";
    static final String EVENTS = "event-changes";
    static final String PROJECTION = "projection";
    static final String DEAD_LETTERS = "dead-letters";

    private ProjectionTopology() {}

    /// Builds it.
    ///
    /// @param stores makes the partition stores
    /// @param processor makes the processor of each task
    public static Topology build(KeyValueBytesStoreSupplier stores,
            ProcessorSupplier<byte[], byte[], byte[], byte[]> processor) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        return new Topology().addSource(CONTACTS, bytes, bytes, Topics.CONTACT_CHANGES)
                .addSource(COMPANIES, bytes, bytes, Topics.COMPANY_CHANGES)
                .addSource(EVENTS, bytes, bytes, Topics.EVENT_CHANGES)
                .addProcessor(PROJECTION, processor, CONTACTS, COMPANIES, EVENTS)
                .addStateStore(
                        Stores.keyValueStoreBuilder(stores, Serdes.Bytes(), Serdes.ByteArray())
                                .withCachingDisabled()
                                .withLoggingEnabled(changelog()),
                        PROJECTION)
                .addSink(
                        DEAD_LETTERS,
                        Topics.DEAD_LETTERS,
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        PROJECTION);
    }

    private static Map<String, String> changelog() {
        return Map.of(
                // The active segment is never compacted: small segments keep restores short.
                TopicConfig.SEGMENT_BYTES_CONFIG,
                String.valueOf(64 << 20),
                TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                "0.3");
    }
}
