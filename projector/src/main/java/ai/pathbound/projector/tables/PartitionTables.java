package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.rocks.PartitionStore;
import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.state.Change;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tables of the tenants in this process. A tenant's tables are filled from the store
/// ([Filling]) when they are first asked for, kept up by the stream thread from then on, and stored
/// by it ([EventsCheckpoint]) as far as they are sealed.
///
/// While they are filled, changes are put aside and applied afterwards: each is the entity's whole
/// state, so one that the documents had already shown changes nothing.
public final class PartitionTables {
    private static final Logger log = LoggerFactory.getLogger(PartitionTables.class);
    /// What [#checkpoint] writes at once: a quarter of what may be uncommitted.
    public static final long CHECKPOINT_BYTES = 8L << 20;

    private final PartitionStores stores;
    private final int rowsPerSegment;
    private final long checkpointBytesMax;
    private final Executor filler;
    private final Map<Integer, Partition> partitions = new ConcurrentHashMap<>();

    /// Tables of these stores.
    ///
    /// @param filler runs the filling, which may take seconds
    /// @param checkpointBytesMax about how much one run of [#checkpoint] writes
    public PartitionTables(PartitionStores stores, int rowsPerSegment, long checkpointBytesMax,
            Executor filler) {
        this.stores = stores;
        this.filler = filler;
        this.rowsPerSegment = rowsPerSegment;
        this.checkpointBytesMax = checkpointBytesMax;
    }

    /// The tenants of a partition that somebody has asked about.
    private static final class Partition {
        private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();
        /// Tenants with stored events; only the stream thread looks at them.
        private final Set<String> stored = new HashSet<>();
        private volatile boolean open = true;
    }

    /// What happened to an entity: its new state, or nothing for a delete.
    private record Step(ChangeKey key, @Nullable Change change) {}

    /// One tenant. The monitor guards the tables; filling happens outside it, so that the stream thread
    /// never waits for it.
    private static final class Tenant {
        private final List<Step> aside = new ArrayList<>();
        private final CompletableFuture<Void> filled = new CompletableFuture<>();
        private @Nullable TenantTables tables;

        synchronized void take(Step step) {
            TenantTables current = tables;
            if (current == null) {
                aside.add(step);
            } else {
                apply(current, step);
            }
        }

        synchronized Optional<TenantTables> tables() {
            return Optional.ofNullable(tables);
        }

        synchronized TableView events(TenantTables current) {
            return current.events();
        }

        synchronized Optional<TenantView> view() {
            return Optional.ofNullable(tables).map(TenantTables::view);
        }

        synchronized void complete(TenantTables made) {
            aside.forEach(step -> apply(made, step));
            aside.clear();
            tables = made;
            filled.complete(null);
        }
    }

    /// The tenant's tables with everything that is in the partition's store now; empty when the
    /// partition is not open here, or when the tables are still being filled after `atMost`.
    public Optional<TenantView> view(int partition, String tenant, Duration atMost) {
        Partition here = partitions.get(partition);
        Optional<PartitionStore> store = stores.of(partition);
        if (here == null || store.isEmpty()) {
            return Optional.empty();
        }
        Tenant found = here.tenants.get(tenant);
        if (found == null) {
            Tenant fresh = new Tenant();
            // From here on changes are put aside; the documents are looked at afterwards.
            found = here.tenants.putIfAbsent(tenant, fresh);
            if (found == null) {
                found = fresh;
                filler.execute(() -> fill(store.get(), here, tenant, fresh));
            }
        }
        return await(found.filled, atMost) ? found.view() : Optional.empty();
    }

    private static boolean await(CompletableFuture<Void> filled, Duration atMost) {
        try {
            filled.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | CancellationException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("tables could not be filled", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Fills a tenant's tables; when that fails, the next question tries again.
    private void fill(PartitionStore store, Partition here, String tenant, Tenant fresh) {
        long begin = System.nanoTime();
        try {
            Optional<TenantTables> made = new Filling(tenant, rowsPerSegment, () -> here.open)
                    .fill(store);
            if (made.isPresent()) {
                fresh.complete(made.get());
                log.info(
                        "Filled the tables of tenant {} in {} ms",
                        tenant,
                        (System.nanoTime() - begin) / 1_000_000);
                return;
            }
            // The partition was closed meanwhile.
            fresh.filled.cancel(false);
        } catch (RuntimeException e) {
            fresh.filled.completeExceptionally(e);
        }
        here.tenants.remove(tenant, fresh);
    }

    /// The partition is kept up by this process from now on.
    public void started(int partition, KeyValueStore<Bytes, byte[]> store) {
        Partition fresh = new Partition();
        byte[] first = Keys.checkpoints();
        byte[] end = {(byte) (first[0] + 1)};
        try (KeyValueIterator<Bytes, byte[]> rows = store
                .range(Bytes.wrap(first), Bytes.wrap(end))) {
            while (rows.hasNext()) {
                fresh.stored.add(Keys.checkpointTenant(rows.next().key.get()));
            }
        }
        partitions.put(partition, fresh);
    }

    /// The row that has to be written, before all others of the change, because the entity's state in
    /// a stored table is about to be an old one.
    public Optional<KeyValue<Bytes, byte[]>> dirtyRow(int partition, ChangeKey key) {
        Partition here = partitions.get(partition);
        return here != null && key.kind() == EntityKind.EVENT
                && here.stored.contains(key.tenant())
                        ? Optional.of(
                                KeyValue.pair(
                                        Bytes.wrap(
                                                Keys.dirty(
                                                        key.tenant(),
                                                        EntityKind.EVENT,
                                                        key.id())),
                                        new byte[0]))
                        : Optional.empty();
    }

    /// Stores a bounded piece of what the tables have sealed; called by the partition's stream thread
    /// between changes.
    public void checkpoint(int partition, KeyValueStore<Bytes, byte[]> store) {
        Partition here = partitions.get(partition);
        if (here == null) {
            return;
        }
        long bytes = 0;
        for (Map.Entry<String, Tenant> entry : here.tenants.entrySet()) {
            Optional<TenantTables> tables = entry.getValue().tables();
            if (tables.isPresent() && bytes < checkpointBytesMax) {
                bytes += checkpoint(here, entry.getKey(), entry.getValue(), tables.get(), store);
            }
        }
    }

    private long checkpoint(Partition here,
            String name,
            Tenant tenant,
            TenantTables tables,
            KeyValueStore<Bytes, byte[]> store) {
        EventsCheckpoint checkpoint = tables.checkpoint();
        if (checkpoint.forget(store)) {
            here.stored.remove(name);
        }
        TableView events = tenant.events(tables);
        if (!checkpoint.isBehind(events)) {
            return 0;
        }
        long bytes = checkpoint.run(store, events, tables::rowOfEvent, checkpointBytesMax);
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
        take(partition, new Step(key, change));
    }

    /// The entity is deleted; called by the partition's stream thread.
    public void deleted(int partition, ChangeKey key) {
        take(partition, new Step(key, null));
    }

    private void take(int partition, Step step) {
        Partition here = partitions.get(partition);
        if (here == null) {
            return;
        }
        Tenant tenant = here.tenants.get(step.key().tenant());
        if (tenant != null) {
            tenant.take(step);
        }
    }

    private static void apply(TenantTables tables, Step step) {
        if (!TenantTables.holds(step.key().kind())) {
            tables.other();
        } else if (step.change() == null) {
            tables.remove(step.key());
        } else {
            tables.put(step.change());
        }
    }
}
