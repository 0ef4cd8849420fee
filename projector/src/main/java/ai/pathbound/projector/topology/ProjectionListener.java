package ai.pathbound.projector.topology;

import ai.pathbound.schemas.topics.ChangeKey;

/// Told by the stream threads, after rows are readable; must not block.
public interface ProjectionListener {
    /// The partition's state holds this topic up to this offset.
    void applied(int partition, int topicIndex, long offset);

    /// The entity is readable at this version; [Long#MAX_VALUE] when it is deleted.
    void visible(ChangeKey key, long version);
}
