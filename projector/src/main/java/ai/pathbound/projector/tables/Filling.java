package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.columns.Table;
import ai.pathbound.projector.rocks.PartitionStore;
import ai.pathbound.projector.rocks.Snapshot;
import ai.pathbound.projector.state.Document;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a tenant's tables from one snapshot of the store: events from their checkpoint, if there is
/// a good one, and from the documents of those that changed since; all else from documents.
final class Filling {
    private static final Logger log = LoggerFactory.getLogger(Filling.class);
    private static final List<EntityKind> PROFILES = List
            .of(EntityKind.COMPANY, EntityKind.CONTACT);

    private final String tenant;
    private final int rowsPerSegment;
    private final BooleanSupplier open;

    /// @param open turns false when the partition closes: there is no use in going on
    Filling(String tenant, int rowsPerSegment, BooleanSupplier open) {
        this.tenant = tenant;
        this.rowsPerSegment = rowsPerSegment;
        this.open = open;
    }

    /// The tables as the store has them; empty when the partition was closed meanwhile.
    Optional<TenantTables> fill(PartitionStore store) {
        return store.read(snapshot -> {
            EventsCheckpoint checkpoint = EventsCheckpoint.none(tenant);
            try {
                Optional<StoredEvents> stored = StoredEvents.find(snapshot, tenant);
                if (stored.isPresent()) {
                    return open(snapshot, stored.get());
                }
            } catch (DamagedException e) {
                log.error("Stored events of {} are damaged and made anew: {}",
                        tenant,
                        e.getMessage());
                checkpoint = EventsCheckpoint.damaged(tenant);
            }
            TenantTables tables = new TenantTables(rowsPerSegment, checkpoint, Table::new);
            PROFILES.forEach(kind -> documents(snapshot, kind, tables));
            documents(snapshot, EntityKind.EVENT, tables);
            return tables;
        }).filter(_ -> open.getAsBoolean());
    }

    /// The events as stored, those that changed since as their documents have them.
    private TenantTables open(Snapshot snapshot,
            StoredEvents stored) {
        TenantTables tables = new TenantTables(rowsPerSegment,
                EventsCheckpoint.of(tenant, stored.checkpoint()), stored::open);
        PROFILES.forEach(kind -> documents(snapshot, kind, tables));
        stored.dirty(id -> {
            ChangeKey key = new ChangeKey(tenant, EntityKind.EVENT, id);
            Document document = Document.of(snapshot.get(Keys.document(key)));
            if (document == null || document.isDeleted()) {
                tables.remove(key);
            } else {
                tables.put(document.decode(EntityKind.EVENT));
            }
            return open.getAsBoolean();
        });
        return tables;
    }

    private void documents(Snapshot snapshot,
            EntityKind kind,
            TenantTables tables) {
        snapshot.scan(Keys.documents(tenant, kind), (_, row) -> {
            Document document = Document.of(row);
            if (document != null && !document.isDeleted()) {
                tables.put(document.decode(kind));
            }
            return open.getAsBoolean();
        });
    }
}
