package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.state.Keys;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// Removes, after a checkpoint, the dirty rows of entities it has as they are. What is left over when
/// there are very many only repeats work.
final class DirtyRemoval {
    private static final int IDS_MAX = 100_000;

    private final TableName table;
    /// Rows of several ids up to here have outlived a checkpoint.
    private long oldTill = -1;

    DirtyRemoval(TableName table) {
        this.table = table;
    }

    /// @param isDirty whether an entity has changed since the checkpoint
    void run(KeyValueStore<Bytes, byte[]> store, Predicate<String> isDirty, RowBatches rows) {
        byte[] prefix = Keys.dirty(table.tenant(), table.kind());
        int removed = 0;
        try (KeyValueIterator<Bytes, byte[]> dirty = store
                .prefixScan(prefix, new ByteArraySerializer())) {
            while (dirty.hasNext() && removed < IDS_MAX) {
                byte[] key = dirty.next().key.get();
                if (!isDirty.test(Keys.rest(key, prefix))) {
                    rows.delete(key);
                    removed++;
                }
            }
        }
        together(store, isDirty, rows);
    }

    /// An id that changes all the time would keep every row it is in: when a row has outlived a
    /// checkpoint, those that are still dirty go on alone.
    private void together(KeyValueStore<Bytes, byte[]> store,
            Predicate<String> isDirty,
            RowBatches rows) {
        int looked = 0;
        long last = oldTill;
        try (KeyValueIterator<Bytes, byte[]> dirty = store.prefixScan(
                Keys.dirtyIds(table.tenant(), table.kind()),
                new ByteArraySerializer())) {
            while (dirty.hasNext() && looked < IDS_MAX) {
                KeyValue<Bytes, byte[]> row = dirty.next();
                byte[] key = row.key.get();
                last = Keys.offsetOf(key);
                List<String> ids = idsOf(row.value);
                List<String> left = ids.stream().filter(isDirty).toList();
                if (last <= oldTill) {
                    left.forEach(
                            id -> rows.put(
                                    Keys.dirty(table.tenant(), table.kind(), id),
                                    new byte[0]));
                }
                if (left.isEmpty() || last <= oldTill) {
                    rows.delete(key);
                }
                looked += ids.size();
            }
        }
        oldTill = last;
    }

    /// None when nobody can read them: then the table was made from documents, all of them.
    private static List<String> idsOf(byte[] row) {
        try {
            return DirtyRows.ids(row);
        } catch (DamagedException _) {
            return List.of();
        }
    }
}
