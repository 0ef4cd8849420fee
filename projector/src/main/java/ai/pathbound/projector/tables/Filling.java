package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.columns.Lookahead;
import ai.pathbound.projector.rocks.PartitionStore;
import ai.pathbound.projector.rocks.Snapshot;
import ai.pathbound.projector.state.Change;
import ai.pathbound.projector.state.Document;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a tenant's tables from one snapshot of the store: each from its checkpoint, if there is a good
/// one, and from the documents of those that changed since; else from all documents.
final class Filling {
    private static final Logger log = LoggerFactory.getLogger(Filling.class);

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
        return store.read(snapshot -> fill(snapshot, EnumSet.noneOf(EntityKind.class)))
                .filter(_ -> open.getAsBoolean());
    }

    /// A damaged table is found while it is opened; then all begins anew without it.
    private TenantTables fill(Snapshot snapshot, Set<EntityKind> damaged) {
        Map<EntityKind, StoredTable> stored = new EnumMap<>(EntityKind.class);
        try {
            TenantTables tables = new TenantTables(rowsPerSegment,
                    kind -> origin(snapshot, kind, damaged, stored));
            for (EntityKind kind : TenantTables.KINDS) {
                StoredTable opened = stored.get(kind);
                if (opened == null) {
                    documents(snapshot, kind, tables);
                } else {
                    dirty(snapshot, kind, opened, tables);
                }
            }
            tables.index();
            return tables;
        } catch (DamagedTableException e) {
            log.error("The stored {} table of {} is damaged and made anew: {}",
                    e.kind(),
                    tenant,
                    e.getMessage());
            Set<EntityKind> all = EnumSet.of(e.kind());
            all.addAll(damaged);
            return fill(snapshot, all);
        }
    }

    private TableOrigin origin(Snapshot snapshot,
            EntityKind kind,
            Set<EntityKind> damaged,
            Map<EntityKind, StoredTable> stored) {
        if (damaged.contains(kind)) {
            return TableOrigin.empty(TableCheckpoint.damaged(tenant, kind));
        }
        try {
            return StoredTable.find(snapshot, tenant, kind).map(found -> {
                stored.put(kind, found);
                return new TableOrigin(TableCheckpoint.of(tenant, kind, found.checkpoint()),
                        found::open);
            }).orElseGet(() -> TableOrigin.empty(TableCheckpoint.none(tenant, kind)));
        } catch (DamagedException e) {
            throw new DamagedTableException(kind, e);
        }
    }

    /// An entity and its document, if it has one.
    private record Stored(ChangeKey key, @Nullable Document document) {}

    /// An entity's state and its row.
    private record Decoded(Change change, Lookahead.Row row) {}

    /// Those that changed since the table was stored, as their documents have them.
    private void dirty(Snapshot snapshot,
            EntityKind kind,
            StoredTable stored,
            TenantTables tables) {
        WorkAhead<Stored, Runnable> decoding = new WorkAhead<>(() -> {
            Function<Change, Lookahead.Row> rows = tables.rowsAhead(kind);
            return dirty -> decoded(kind, dirty.document(), rows)
                    .<Runnable>map(now -> () -> tables.put(now.change(), now.row()))
                    .orElse(() -> tables.remove(dirty.key()));
        }, Runnable::run);
        try {
            stored.dirty(id -> {
                ChangeKey key = new ChangeKey(tenant, kind, id);
                decoding.add(new Stored(key, Document.of(snapshot.get(Keys.document(key)))));
                return open.getAsBoolean();
            });
        } catch (DamagedException e) {
            throw new DamagedTableException(kind, e);
        }
        decoding.finish();
    }

    private void documents(Snapshot snapshot, EntityKind kind, TenantTables tables) {
        WorkAhead<byte[], Optional<Decoded>> decoding = new WorkAhead<>(() -> {
            Function<Change, Lookahead.Row> rows = tables.rowsAhead(kind);
            return row -> decoded(kind, Document.of(row), rows);
        }, found -> found.ifPresent(now -> tables.putNew(now.change(), now.row())));
        snapshot.scan(Keys.documents(tenant, kind), (_, row) -> {
            decoding.add(row);
            return open.getAsBoolean();
        });
        decoding.finish();
    }

    /// Empty for a deleted entity.
    private static Optional<Decoded> decoded(EntityKind kind,
            @Nullable Document document,
            Function<Change, Lookahead.Row> rows) {
        if (document == null || document.isDeleted()) {
            return Optional.empty();
        }
        Change change = document.decode(kind);
        return Optional.of(new Decoded(change, rows.apply(change)));
    }
}
