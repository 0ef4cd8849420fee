package ai.pathbound.projector.freshness;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;

/// Asks Kafka where topics end.
public interface EndOffsets {
    /// The offset the next record of each partition will get.
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException;

    /// The offset up to which nothing is left to read for us, be it because we have read it, because
    /// it holds no record (a transaction's end marker) or because it was removed. Partitions of which
    /// nothing is known are left out.
    Map<TopicPartition, Long> passed(Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException;
}
