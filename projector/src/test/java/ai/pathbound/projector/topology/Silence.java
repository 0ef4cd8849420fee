package ai.pathbound.projector.topology;

import ai.pathbound.schemas.topics.ChangeKey;
import java.util.List;

/// A listener nobody reads.
final class Silence implements ProjectionListener {
    @Override
    public void started(int partition, List<Long> applied) {}

    @Override
    public void applied(int partition, int topicIndex, long offset) {}

    @Override
    public void visible(ChangeKey key, long version) {}

    @Override
    public void stopped(int partition) {}
}
