package ai.pathbound.projector.topology;

import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.state.Progress;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.jspecify.annotations.Nullable;

/// What every task's processor needs to know.
///
/// @param partitions partition count of each change topic
/// @param topicIds id of each change topic, as Kafka gave it at creation
/// @param stores the stores of this process
/// @param listener is told what has become readable
public record ProjectionContext(int partitions,
        Map<String, Uuid> topicIds,
        PartitionStores stores,
        ProjectionListener listener) {
    public ProjectionContext {
        topicIds = Map.copyOf(topicIds);
    }

    /// Makes the processor of each task.
    public ProcessorSupplier<byte[], byte[], byte[], byte[]> processors() {
        return () -> new ChangeProcessor(this);
    }

    Uuid topicId(String topic) {
        return topicIds.getOrDefault(topic, Uuid.ZERO_UUID);
    }

    /// Refuses state that was built from another topic of the same name: its offsets would make us
    /// skip changes.
    void checkTopic(String topic, @Nullable Progress stored) {
        if (stored != null && !stored.topicId().equals(topicId(topic))) {
            throw new RecreatedTopicException(topic, stored.topicId(), topicId(topic));
        }
    }
}
