package ai.pathbound.schemas.topics;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/// Puts all changes of a tenant into one partition: murmur2 of the tenant id, as Kafka's own
/// default partitioner does with whole keys. A question about a tenant is then answered by one
/// node from one consistent state.
///
/// Producers name this class in `partitioner.class`; keys are the bytes of a [ChangeKey].
public final class TenantPartitioner implements Partitioner {
    /// The partition of a tenant among `partitions`.
    public static int partition(String tenant, int partitions) {
        byte[] bytes = tenant.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(bytes)) % partitions;
    }

    @Override
    public int partition(String topic,
            @Nullable Object key,
            byte @Nullable [] keyBytes,
            @Nullable Object value,
            byte @Nullable [] valueBytes,
            Cluster cluster) {
        if (keyBytes == null) {
            throw new IllegalArgumentException("a change on " + topic + " needs a key");
        }
        return partition(
                ChangeKey.parse(keyBytes).tenant(),
                cluster.partitionCountForTopic(topic));
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
