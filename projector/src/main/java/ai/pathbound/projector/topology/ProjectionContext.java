package ai.pathbound.projector.topology;

import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.tables.PartitionTables;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/// What every task's processor needs to know.
///
/// @param partitions partition count of each change topic
/// @param topicIds asks Kafka for the id each change topic got at creation; asked when a task starts,
///     because a topic can be created anew while we run
/// @param stores the stores of this process
/// @param tables column tables of this process, kept up with each change
/// @param backlog knows whether it pays to wait for the next change
/// @param listener is told what has become readable
public record ProjectionContext(int partitions,
        Supplier<Map<String, Uuid>> topicIds,
        PartitionStores stores,
        PartitionTables tables,
        Backlog backlog,
        ProjectionListener listener) {
    /// Makes the processor of each task.
    public ProcessorSupplier<byte[], byte[], byte[], byte[]> processors() {
        return () -> new ChangeProcessor(this);
    }
}
