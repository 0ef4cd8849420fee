package ai.pathbound.projector.topology;

import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.tables.PartitionTables;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/// What every task's processor needs to know.
///
/// @param partitions partition count of each change topic
/// @param topics the change topics as they are in Kafka; asked when a task starts
/// @param stores the stores of this process
/// @param tables column tables of this process, kept up with each change
/// @param backlog knows whether it pays to wait for the next change
/// @param listener is told what has become readable
public record ProjectionContext(int partitions,
        SourceTopics topics,
        PartitionStores stores,
        PartitionTables tables,
        Backlog backlog,
        ProjectionListener listener) {
    /// Makes the processor of each task.
    public ProcessorSupplier<byte[], byte[], byte[], byte[]> processors() {
        return () -> new ChangeProcessor(this);
    }
}
