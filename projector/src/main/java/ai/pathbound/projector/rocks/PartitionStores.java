package ai.pathbound.projector.rocks;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;

/// Makes the stores Streams asks for and knows which partitions are open in this process, active or
/// standby.
public final class PartitionStores implements KeyValueBytesStoreSupplier {
    private final String name;
    private final RocksResources resources;
    private final ChangelogReach reach;
    private final Map<Integer, PartitionStore> open = new ConcurrentHashMap<>();
    private final LongAdder gets = new LongAdder();
    private final LongAdder scans = new LongAdder();
    private final LongAdder rows = new LongAdder();

    /// Of a changelog that keeps all deletes.
    public PartitionStores(String name, RocksResources resources) {
        this(name, resources, ChangelogReach.always());
    }

    /// @param reach asked when a store is opened that has been filled before
    public PartitionStores(String name, RocksResources resources, ChangelogReach reach) {
        this.reach = reach;
        this.name = name;
        this.resources = resources;
    }

    /// The store of a partition, if it is open here.
    public Optional<PartitionStore> of(int partition) {
        return Optional.ofNullable(open.get(partition));
    }

    /// Partitions that are open here just now.
    public Set<Integer> partitions() {
        return Set.copyOf(open.keySet());
    }

    /// What was read so far, in all partitions.
    public ReadCounts readCounts() {
        return new ReadCounts(gets.sum(), scans.sum(), rows.sum());
    }

    void read(long gotten, long scanned, long visited) {
        gets.add(gotten);
        scans.add(scanned);
        rows.add(visited);
    }

    ChangelogReach reach() {
        return reach;
    }

    void opened(int partition, PartitionStore store) {
        open.put(partition, store);
    }

    void closed(int partition, PartitionStore store) {
        open.remove(partition, store);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
        return new PartitionStore(name, resources, this);
    }

    @Override
    public String metricsScope() {
        return "rocksdb";
    }
}
