package ai.pathbound.projector.topology;

import ai.pathbound.schemas.topics.ChangeKey;
import java.util.List;

/// Told by the stream threads, after rows are readable; must not block.
public interface ProjectionListener {
    /// The partition's state is restored and is being brought up to date.
    ///
    /// @param applied last offset its state holds of each change topic, -1 for none
    void started(int partition, List<Long> applied);

    /// The partition's state holds this topic up to this offset.
    void applied(int partition, int topicIndex, long offset);

    /// The entity is readable at this version; [Long#MAX_VALUE] when it is deleted.
    void visible(ChangeKey key, long version);

    /// This process no longer brings the partition up to date.
    void stopped(int partition);
}
