package ai.pathbound.projector.topology;

import java.util.Map;
import org.apache.kafka.common.Uuid;

/// The change topics as they are in Kafka at the moment of asking: a topic can be created again, or get
/// more partitions, while it is followed. Asked on stream threads: a failure ends the thread, and the
/// next one asks again.
@FunctionalInterface
public interface SourceTopics {
    /// The id each change topic got when it was created, of all of them.
    Map<String, Uuid> ids();

    /// Throws [SourceChangedException] when a change topic does not have this many partitions any more.
    /// A record in the wrong partition is then not its producer's fault.
    default void requirePartitions(int wanted) {
        // As they were.
    }
}
