package ai.pathbound.projector;

import ai.pathbound.projector.freshness.OpenStores;
import ai.pathbound.projector.rocks.PartitionStore;
import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.rocks.Snapshot;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.projector.state.Progress;
import ai.pathbound.schemas.topics.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the stores of this process hold, as their progress rows say.
final class StoredProgress implements OpenStores {
    private static final Logger log = LoggerFactory.getLogger(StoredProgress.class);

    private final PartitionStores stores;

    StoredProgress(PartitionStores stores) {
        this.stores = stores;
    }

    @Override
    public Map<Integer, Position> look() {
        Map<Integer, Position> all = new HashMap<>();
        for (int partition : stores.partitions()) {
            position(partition).ifPresent(position -> all.put(partition, position));
        }
        return all;
    }

    @Override
    public Optional<Object> opening(int partition) {
        return stores.of(partition).map(PartitionStore::opening);
    }

    /// A copy that cannot be read must not keep the others from being looked at.
    private Optional<Position> position(int partition) {
        try {
            return stores.of(partition).flatMap(store -> {
                Object opening = store.opening();
                return store.read(opening, StoredProgress::applied)
                        .map(applied -> new Position(opening, applied));
            });
        } catch (ProcessorStateException e) {
            log.debug("Progress of partition {} cannot be read", partition, e);
            return Optional.empty();
        }
    }

    private static List<Long> applied(Snapshot snapshot) {
        List<Long> applied = new ArrayList<>();
        for (int topic = 0; topic < Topics.CHANGES.size(); topic++) {
            Progress progress = Progress.of(snapshot.get(Keys.progress(topic)));
            applied.add(progress == null ? -1 : progress.offset());
        }
        return applied;
    }
}
