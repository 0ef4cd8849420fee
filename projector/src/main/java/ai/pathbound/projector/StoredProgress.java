package ai.pathbound.projector;

import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.rocks.Snapshot;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.projector.state.Progress;
import ai.pathbound.schemas.topics.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the stores of this process hold, as their progress rows say.
final class StoredProgress {
    private final PartitionStores stores;

    StoredProgress(PartitionStores stores) {
        this.stores = stores;
    }

    /// The last offset of each change topic, -1 for none, by partition.
    Map<Integer, List<Long>> look() {
        Map<Integer, List<Long>> all = new HashMap<>();
        for (int partition : stores.partitions()) {
            stores.of(partition)
                    .flatMap(store -> store.read(StoredProgress::applied))
                    .ifPresent(applied -> all.put(partition, applied));
        }
        return all;
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
