package ai.pathbound.projector.tables;

import ai.pathbound.projector.rocks.PartitionStore;
import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.state.Change;
import ai.pathbound.projector.state.Document;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.schemas.codec.UnreadableChangeException;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tables of the tenants in this process. A tenant's tables are filled from its documents when
/// they are first asked for, and kept up by the stream thread from then on.
///
/// While they are filled, changes are put aside and applied afterwards: each is the entity's whole
/// state, so one that the documents had already shown changes nothing.
public final class PartitionTables {
    private static final Logger log = LoggerFactory.getLogger(PartitionTables.class);
    private static final List<EntityKind> KINDS = List
            .of(EntityKind.COMPANY, EntityKind.CONTACT, EntityKind.EVENT);

    private final PartitionStores stores;
    private final int rowsPerSegment;
    private final Map<Integer, Map<String, Tenant>> partitions = new ConcurrentHashMap<>();

    public PartitionTables(PartitionStores stores, int rowsPerSegment) {
        this.stores = stores;
        this.rowsPerSegment = rowsPerSegment;
    }

    /// What happened to an entity: its new state, or nothing for a delete.
    private record Step(ChangeKey key, @Nullable Change change) {}

    /// One tenant. The monitor guards the tables; filling holds `filling` only, so that the stream
    /// thread never waits for it.
    private final class Tenant {
        private final Object filling = new Object();
        private final List<Step> aside = new ArrayList<>();
        private @Nullable TenantTables tables;

        synchronized void take(Step step) {
            TenantTables filled = tables;
            if (filled == null) {
                aside.add(step);
            } else {
                apply(filled, step);
            }
        }

        synchronized Optional<TenantView> view() {
            return Optional.ofNullable(tables).map(TenantTables::view);
        }

        private Optional<TenantView> filledView(PartitionStore store, String tenant) {
            synchronized (filling) {
                Optional<TenantView> there = view();
                if (there.isPresent()) {
                    return there;
                }
                long begin = System.nanoTime();
                Optional<TenantTables> filled = fill(store, tenant);
                filled.ifPresent(this::complete);
                log.info(
                        "Filled the tables of tenant {} in {} ms",
                        tenant,
                        (System.nanoTime() - begin) / 1_000_000);
            }
            return view();
        }

        private synchronized void complete(TenantTables filled) {
            aside.forEach(step -> apply(filled, step));
            aside.clear();
            tables = filled;
        }
    }

    /// The tenant's tables with everything that is in the partition's store now; empty when the
    /// partition is not open here.
    public Optional<TenantView> view(int partition, String tenant) {
        Map<String, Tenant> tenants = partitions.get(partition);
        Optional<PartitionStore> store = stores.of(partition);
        if (tenants == null || store.isEmpty()) {
            return Optional.empty();
        }
        // From here on changes are put aside; the documents are looked at afterwards.
        Tenant found = tenants.computeIfAbsent(tenant, _ -> new Tenant());
        return found.view().or(() -> found.filledView(store.get(), tenant));
    }

    /// The partition is kept up by this process from now on.
    public void started(int partition) {
        partitions.put(partition, new ConcurrentHashMap<>());
    }

    /// The partition has left this process; its tables go.
    public void stopped(int partition) {
        partitions.remove(partition);
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
        Map<String, Tenant> tenants = partitions.get(partition);
        if (tenants == null || !TenantTables.holds(step.key().kind())) {
            return;
        }
        Tenant tenant = tenants.get(step.key().tenant());
        if (tenant != null) {
            tenant.take(step);
        }
    }

    private static void apply(TenantTables tables, Step step) {
        if (step.change() == null) {
            tables.remove(step.key());
        } else {
            tables.put(step.change());
        }
    }

    private Optional<TenantTables> fill(PartitionStore store, String tenant) {
        return store.read(snapshot -> {
            TenantTables tables = new TenantTables(rowsPerSegment);
            for (EntityKind kind : KINDS) {
                snapshot.scan(Keys.documents(tenant, kind), (_, row) -> {
                    Document document = Document.of(row);
                    if (document != null && !document.isDeleted()) {
                        tables.put(decode(kind, document));
                    }
                    return true;
                });
            }
            return tables;
        });
    }

    private static Change decode(EntityKind kind, Document document) {
        try {
            return Change.decode(kind, document.change());
        } catch (UnreadableChangeException e) {
            throw new ProcessorStateException("a stored document cannot be decoded", e);
        }
    }
}
