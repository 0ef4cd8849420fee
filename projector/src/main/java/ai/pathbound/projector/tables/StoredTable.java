package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Restore;
import ai.pathbound.projector.columns.Segment;
import ai.pathbound.projector.columns.Table;
import ai.pathbound.projector.columns.TableChanges.Kill;
import ai.pathbound.projector.columns.TableSettings;
import ai.pathbound.projector.columns.block.Block;
import ai.pathbound.projector.columns.encoding.BlockCodec;
import ai.pathbound.projector.columns.encoding.CheckpointCodec;
import ai.pathbound.projector.columns.encoding.CheckpointCodec.Checkpoint;
import ai.pathbound.projector.columns.encoding.CheckpointCodec.StoredColumn;
import ai.pathbound.projector.columns.encoding.CheckpointCodec.StoredSegment;
import ai.pathbound.projector.columns.encoding.DeadRowsCodec;
import ai.pathbound.projector.columns.encoding.DictionaryCodec;
import ai.pathbound.projector.columns.encoding.SegmentCodec;
import ai.pathbound.projector.rocks.Snapshot;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Reads one of a tenant's stored tables as it was at its last checkpoint. All of it is read and
/// checked at once, so nothing damaged is found in the middle of an answer.
final class StoredTable {
    private final Snapshot snapshot;
    private final String tenant;
    private final EntityKind kind;
    private final Checkpoint checkpoint;

    private StoredTable(Snapshot snapshot,
            String tenant,
            EntityKind kind,
            Checkpoint checkpoint) {
        this.snapshot = snapshot;
        this.tenant = tenant;
        this.kind = kind;
        this.checkpoint = checkpoint;
    }

    /// Finds the checkpoint; empty when there is none.
    ///
    /// @throws DamagedException if the row is no checkpoint
    static Optional<StoredTable> find(Snapshot snapshot, String tenant, EntityKind kind) {
        byte[] row = snapshot.get(Keys.checkpoint(tenant, kind));
        return row == null
                ? Optional.empty()
                : Optional.of(
                        new StoredTable(snapshot, tenant, kind, CheckpointCodec.decode(row)));
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    /// Opens the table. Shared dictionaries may hold entries of another table already, which must be the same
    /// as far as both go.
    ///
    /// @throws DamagedException if some part is missing or not what was written
    Table open(TableSettings settings) {
        Restore restore = new Restore(settings);
        List<StoredColumn> columns = checkpoint.columns();
        for (int number = 0; number < columns.size(); number++) {
            StoredColumn column = columns.get(number);
            restore.column(column.id());
            if (column.entries() > 0) {
                entries(number, column, restore.dictionary(column.id()));
            }
        }
        CompletableFuture<Void> index = CompletableFuture.runAsync(restore::index);
        try {
            restore.notKept(checkpoint.notKept());
            for (StoredSegment stored : checkpoint.segments()) {
                segment(stored, restore);
            }
        } finally {
            await(index);
        }
        try {
            Table table = restore.finish(checkpoint.sealedEnd());
            if (!restore.superseded().isEmpty()) {
                throw new DamagedException("segments share rows: " + restore.superseded());
            }
            return table;
        } catch (IllegalArgumentException e) {
            throw new DamagedException("parts do not fit each other", e);
        }
    }

    private static void await(CompletableFuture<Void> index) {
        try {
            index.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IllegalArgumentException twice
                    ? new DamagedException("dictionaries are not what was written", twice)
                    : e;
        }
    }

    /// The pages from the first code on, each where the last one ended. Pages that begin elsewhere, or
    /// behind the last entry that counts, are left from a checkpoint that was never finished.
    private void entries(int number, StoredColumn column, Dictionary dictionary) {
        int[] next = {1};
        snapshot.scan(Keys.dictionary(tenant, kind, number), (key, row) -> {
            int left = column.entries() - next[0] + 1;
            if (Keys.firstCode(key) == next[0] && left > 0) {
                DictionaryCodec.Page page = DictionaryCodec.decode(row);
                if (page.firstCode() != next[0]) {
                    throw new DamagedException("page of code " + page.firstCode() + " at code "
                            + next[0] + " of " + column.id());
                }
                restore(column.id(), dictionary, page, left);
                next[0] += Math.min(left, page.size());
            }
            return next[0] <= column.entries();
        });
        if (next[0] <= column.entries()) {
            throw new DamagedException("dictionary of " + column.id() + " ends before code "
                    + next[0] + ", not " + column.entries());
        }
    }

    private static void restore(ColumnId column,
            Dictionary dictionary,
            DictionaryCodec.Page page,
            int left) {
        try {
            if (left >= page.size() && page instanceof DictionaryCodec.Packed packed) {
                dictionary.restore(page.firstCode(), packed.page());
            } else {
                List<String> texts = page.texts().subList(0, Math.min(left, page.size()));
                dictionary.restore(page.firstCode(), texts);
            }
        } catch (IllegalArgumentException e) {
            throw new DamagedException("dictionary of " + column, e);
        }
    }

    private void segment(StoredSegment stored, Restore restore) {
        long id = stored.id();
        Segment header = SegmentCodec.decode(
                row(Keys.segment(tenant, kind, id)),
                (_, _, column) -> {
                    throw new IllegalStateException("not loaded: " + column);
                });
        if (header.id() != id) {
            throw new DamagedException("segment " + header.id() + " where " + id + " belongs");
        }
        int rows = header.numbers().rows();
        Map<ColumnId, Block> blocks = new HashMap<>();
        int position = 0;
        for (ColumnId column : header.sortedStats().keySet()) {
            byte[] row = row(Keys.block(tenant, kind, id, position++));
            blocks.put(column, BlockCodec.decode(id, rows, row));
        }
        restore.segment(header.holding(blocks));
        if (stored.dead() > 0) {
            // More than the checkpoint knows of may be dead: those entities are still dirty.
            byte[] row = row(Keys.dead(tenant, kind, id));
            DeadRowsCodec.decode(id, rows, row)
                    .stream()
                    .forEach(dead -> restore.kill(new Kill(id, header.numbers().at(dead))));
        }
    }

    private byte[] row(byte[] key) {
        byte[] row = snapshot.get(key);
        if (row == null) {
            throw new DamagedException(
                    "a part of the " + kind + " table of " + tenant + " is missing");
        }
        return row;
    }

    /// Entities whose documents may be newer than the checkpoint, until the visitor has enough; some may
    /// come twice.
    ///
    /// @throws DamagedException if they cannot be read
    void dirty(Predicate<String> visitor) {
        byte[] prefix = Keys.dirty(tenant, kind);
        snapshot.scan(prefix, (key, _) -> visitor.test(Keys.rest(key, prefix)));
        snapshot.scan(
                Keys.dirtyIds(tenant, kind),
                (_, row) -> DirtyRows.ids(row).stream().allMatch(visitor));
    }

    /// The columns in the order of their numbers, and how many dictionary entries are stored of each.
    static Map<ColumnId, Integer> entries(Checkpoint checkpoint) {
        return checkpoint.columns()
                .stream()
                .collect(
                        Collectors.toMap(
                                StoredColumn::id,
                                StoredColumn::entries,
                                (one, _) -> one,
                                LinkedHashMap::new));
    }
}
