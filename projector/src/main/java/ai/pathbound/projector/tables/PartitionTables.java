package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.rocks.PartitionStore;
import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.state.Change;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tables of the tenants in this process. A tenant's tables are filled from the store
/// ([Filling]) when they are first asked for, kept up by the stream thread from then on, and stored
/// by it ([TableCheckpoint]) as far as they are sealed. When all take too much memory, those that
/// were not asked about for longest go, and are filled again when they are.
///
/// While they are filled, changes are put aside and applied afterwards: each is the entity's whole
/// state, so one that the documents had already shown changes nothing.
public final class PartitionTables {
    private static final Logger log = LoggerFactory.getLogger(PartitionTables.class);

    private final PartitionStores stores;
    private final TablesLimits limits;
    private final Executor filler;
    private final AtomicLong questions = new AtomicLong();
    private final Map<Integer, Partition> partitions = new ConcurrentHashMap<>();

    /// Tables of these stores.
    ///
    /// @param filler runs the filling, which may take seconds
    public PartitionTables(PartitionStores stores, TablesLimits limits, Executor filler) {
        this.stores = stores;
        this.limits = limits;
        this.filler = filler;
    }

    /// The tenants of a partition that somebody has asked about.
    private static final class Partition {
        private final Map<String, LoadedTenant> tenants = new ConcurrentHashMap<>();
        /// Tables that are stored; only the stream thread looks at them.
        private final Set<TableName> stored = new HashSet<>();
        private volatile boolean open = true;
    }

    /// The tenant's tables with everything that is in the partition's store now; empty when the
    /// partition is not open here, or when the tables are still being filled after `atMost`.
    public Optional<TenantView> view(int partition, String tenant, Duration atMost) {
        Partition here = partitions.get(partition);
        Optional<PartitionStore> store = stores.of(partition);
        if (here == null || store.isEmpty()) {
            return Optional.empty();
        }
        long question = questions.incrementAndGet();
        LoadedTenant found = here.tenants.get(tenant);
        if (found == null) {
            LoadedTenant fresh = new LoadedTenant();
            fresh.asked(question);
            // From here on changes are put aside; the documents are looked at afterwards.
            found = here.tenants.putIfAbsent(tenant, fresh);
            if (found == null) {
                found = fresh;
                filler.execute(() -> fill(store.get(), here, tenant, fresh));
            }
        }
        found.asked(question);
        return found.await(atMost) ? found.view() : Optional.empty();
    }

    /// Opens the tables that are stored, one tenant after the other, up to half of the memory they may
    /// take: somebody asked about them before, and is likely to ask again.
    private void openStored(PartitionStore store, Partition here, Iterator<String> tenants) {
        if (!here.open || !tenants.hasNext() || 2 * retainedBytes() > limits.memoryBytesMax()) {
            return;
        }
        // One after the other, so that tables somebody waits for come in between.
        filler.execute(() -> {
            String tenant = tenants.next();
            LoadedTenant fresh = new LoadedTenant();
            if (here.tenants.putIfAbsent(tenant, fresh) == null) {
                fill(store, here, tenant, fresh);
            }
            openStored(store, here, tenants);
        });
    }

    /// About how much heap the tables of all tenants take.
    public long retainedBytes() {
        return partitions.values()
                .stream()
                .flatMap(partition -> partition.tenants.values().stream())
                .mapToLong(LoadedTenant::bytes)
                .sum();
    }

    /// Fills a tenant's tables; when that fails, the next question tries again.
    private void fill(PartitionStore store, Partition here, String tenant, LoadedTenant fresh) {
        long begin = System.nanoTime();
        try {
            Optional<TenantTables> made = new Filling(tenant, limits.rowsPerSegment(),
                    () -> here.open)
                    .fill(store);
            if (made.isPresent()) {
                fresh.complete(made.get());
                log.info(
                        "Filled the tables of tenant {} in {} ms",
                        tenant,
                        (System.nanoTime() - begin) / 1_000_000);
                fresh.measure();
                // Questions that need no order are answered meanwhile. The tables are no longer this
                // thread's own: the stream thread and those who ask have them now.
                fresh.view().ifPresent(TenantView::sortTexts);
                return;
            }
            // The partition was closed meanwhile.
            fresh.cancel();
        } catch (RuntimeException e) {
            log.warn("The tables of tenant {} could not be filled", tenant, e);
            fresh.fail(e);
        }
        here.tenants.remove(tenant, fresh);
    }

    /// The partition is kept up by this process from now on.
    public void started(int partition, KeyValueStore<Bytes, byte[]> store) {
        Partition fresh = new Partition();
        try (KeyValueIterator<Bytes, byte[]> rows = store
                .prefixScan(Keys.checkpoints(), new ByteArraySerializer())) {
            while (rows.hasNext()) {
                byte[] key = rows.next().key.get();
                fresh.stored.add(
                        new TableName(Keys.checkpointTenant(key), Keys.checkpointKind(key)));
            }
        }
        partitions.put(partition, fresh);
        Set<String> tenants = new LinkedHashSet<>();
        fresh.stored.forEach(name -> tenants.add(name.tenant()));
        stores.of(partition).ifPresent(opened -> openStored(opened, fresh, tenants.iterator()));
    }

    /// Collects which entities' states in stored tables are about to be old ones.
    public DirtyRows dirtyRows(int partition) {
        Partition here = partitions.get(partition);
        return new DirtyRows(here == null ? _ -> false : here.stored::contains);
    }

    /// Stores a bounded piece of what the tables have sealed; called by the partition's stream thread
    /// between changes.
    public void checkpoint(int partition, KeyValueStore<Bytes, byte[]> store) {
        Partition here = partitions.get(partition);
        if (here == null) {
            return;
        }
        long bytes = 0;
        for (Map.Entry<String, LoadedTenant> entry : here.tenants.entrySet()) {
            Optional<TenantTables> tables = entry.getValue().tables();
            tables.ifPresent(damaged -> forget(here, entry.getKey(), damaged, store));
            for (EntityKind kind : TenantTables.KINDS) {
                if (tables.isPresent() && bytes < limits.checkpointBytesMax()) {
                    TableName name = new TableName(entry.getKey(), kind);
                    bytes += checkpoint(here, name, entry.getValue(), tables.get(), store);
                }
            }
        }
    }

    /// Lets tables go that are too much; called by the partition's stream thread between changes.
    public void fit(int partition) {
        Partition here = partitions.get(partition);
        if (here != null) {
            here.tenants.values().forEach(LoadedTenant::measure);
            evict(here);
        }
    }

    /// Lets tables go while all together are too large, those first that were not asked about for
    /// longest; the tenant asked about last stays. Each partition's stream thread removes its own,
    /// and none that it is still storing: nobody else may write the checkpoint meanwhile, and the
    /// next question finds them quickly.
    private void evict(Partition here) {
        List<Usage> all = partitions.values()
                .stream()
                .flatMap(partition -> partition.tenants.values().stream())
                .map(Usage::of)
                .sorted(Comparator.comparingLong(Usage::lastAsked))
                .toList();
        long bytes = all.stream().mapToLong(Usage::bytes).sum();
        Set<LoadedTenant> tooMuch = new HashSet<>();
        for (int i = 0; i < all.size() - 1 && bytes > limits.memoryBytesMax(); i++) {
            bytes -= all.get(i).bytes();
            tooMuch.add(all.get(i).tenant());
        }
        here.tenants.entrySet()
                .removeIf(entry -> tooMuch.contains(entry.getValue()) && isStored(entry));
    }

    /// A tenant as it is at one moment: questions go on.
    private record Usage(LoadedTenant tenant, long lastAsked, long bytes) {
        static Usage of(LoadedTenant tenant) {
            return new Usage(tenant, tenant.lastAsked(), tenant.bytes());
        }
    }

    private static boolean isStored(Map.Entry<String, LoadedTenant> entry) {
        LoadedTenant tenant = entry.getValue();
        boolean stored = tenant.tables()
                .filter(
                        tables -> TenantTables.KINDS.stream()
                                .noneMatch(
                                        kind -> tables.checkpoint(kind)
                                                .isBehind(tenant.view(tables, kind))))
                .isPresent();
        if (stored) {
            log.info("Let the tables of tenant {} go: {} bytes", entry.getKey(), tenant.bytes());
        }
        return stored;
    }

    /// Damaged checkpoints go before any table is stored: tables share dictionaries, and what is stored
    /// of those has to agree.
    private static void forget(Partition here,
            String tenant,
            TenantTables tables,
            KeyValueStore<Bytes, byte[]> store) {
        for (EntityKind kind : TenantTables.KINDS) {
            if (tables.checkpoint(kind).forget(store)) {
                here.stored.remove(new TableName(tenant, kind));
            }
        }
    }

    private long checkpoint(Partition here,
            TableName name,
            LoadedTenant tenant,
            TenantTables tables,
            KeyValueStore<Bytes, byte[]> store) {
        TableCheckpoint checkpoint = tables.checkpoint(name.kind());
        TableView view = tenant.view(tables, name.kind());
        if (!checkpoint.isBehind(view)) {
            return 0;
        }
        long bytes = checkpoint.run(store,
                view,
                id -> tables.rowOf(name.kind(), id),
                limits.checkpointBytesMax());
        if (checkpoint.isStored()) {
            here.stored.add(name);
        }
        return bytes;
    }

    /// The partition has left this process; its tables go.
    public void stopped(int partition) {
        Partition gone = partitions.remove(partition);
        if (gone != null) {
            // Its store is about to close and waits for whoever reads it.
            gone.open = false;
        }
    }

    /// The entity's stored state is now this; called by the partition's stream thread.
    public void stored(int partition, ChangeKey key, Change change) {
        take(partition, new LoadedTenant.Step(key, change));
    }

    /// The entity is deleted; called by the partition's stream thread.
    public void deleted(int partition, ChangeKey key) {
        take(partition, new LoadedTenant.Step(key, null));
    }

    private void take(int partition, LoadedTenant.Step step) {
        Partition here = partitions.get(partition);
        if (here == null) {
            return;
        }
        LoadedTenant tenant = here.tenants.get(step.key().tenant());
        if (tenant != null) {
            tenant.take(step);
        }
    }
}
