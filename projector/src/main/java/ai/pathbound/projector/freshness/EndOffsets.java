package ai.pathbound.projector.freshness;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;

/// Asks Kafka where topics end and which of their offsets hold records, both as a consumer sees it that
/// reads committed records only.
public interface EndOffsets {
    /// The last stable offset of each partition: transactions before it are decided, and the offset of
    /// the next record will not be lower.
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException;

    /// The offset of the first record a consumer would be given from each of these offsets on, or,
    /// where there is none, one up to which there is none. Offsets without records are those of aborted
    /// transactions, of the markers that end transactions, and of what compaction has removed.
    Map<TopicPartition, Long> firstRecords(Map<TopicPartition, Long> from)
            throws ExecutionException, InterruptedException;
}
