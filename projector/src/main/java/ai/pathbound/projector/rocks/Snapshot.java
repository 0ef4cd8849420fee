package ai.pathbound.projector.rocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/// A consistent view of a partition's rows: what is written later is not seen.
public final class Snapshot implements AutoCloseable {
    private final RocksDB db;
    private final org.rocksdb.Snapshot snapshot;
    private final ReadOptions options;
    private final PartitionStores counting;
    private long gets;
    private long scans;
    private long rows;

    /// @param counting is told what was read
    Snapshot(RocksDB db, PartitionStores counting) {
        this.db = db;
        this.counting = counting;
        snapshot = db.getSnapshot();
        options = new ReadOptions().setSnapshot(snapshot);
    }

    /// The row's value, or null when there is none.
    public byte @Nullable [] get(byte[] key) {
        gets++;
        try {
            return db.get(options, key);
        } catch (RocksDBException e) {
            throw new ProcessorStateException("cannot read a row", e);
        }
    }

    /// The values of those rows that exist, in the order of the keys: one crossing into native code for
    /// all of them.
    public List<byte[]> getAll(List<byte[]> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        gets += keys.size();
        try {
            List<byte[]> found = new ArrayList<>(keys.size());
            for (byte[] value : db.multiGetAsList(options, keys)) {
                if (value != null) {
                    found.add(value);
                }
            }
            return found;
        } catch (RocksDBException e) {
            throw new ProcessorStateException("cannot read rows", e);
        }
    }

    /// Visits the rows whose keys start with `prefix`, in key order, until the visitor has enough.
    public void scan(byte[] prefix, RowVisitor visitor) {
        scan(prefix, prefix, visitor);
    }

    /// As [#scan(byte\[\], RowVisitor)], starting at the first key at or after `from`, which itself
    /// starts with `prefix`.
    public void scan(byte[] prefix, byte[] from, RowVisitor visitor) {
        scans++;
        try (Slice end = new Slice(after(prefix));
                ReadOptions bounded = new ReadOptions(options).setIterateUpperBound(end);
                RocksIterator found = db.newIterator(bounded)) {
            for (found.seek(from); found.isValid(); found.next()) {
                rows++;
                if (!visitor.visit(found.key(), found.value())) {
                    return;
                }
            }
            found.status();
        } catch (RocksDBException e) {
            throw new ProcessorStateException("cannot scan rows", e);
        }
    }

    /// The number of rows whose keys start with `prefix` and are at or after `from`, up to `max`.
    public int count(byte[] prefix, byte[] from, int max) {
        int[] counted = {0};
        scan(prefix, from, (_, _) -> ++counted[0] < max);
        return counted[0];
    }

    /// The first key after all keys with this prefix.
    static byte[] after(byte[] prefix) {
        for (int last = prefix.length - 1; last >= 0; last--) {
            if (prefix[last] != (byte) 0xFF) {
                byte[] end = Arrays.copyOf(prefix, last + 1);
                end[last]++;
                return end;
            }
        }
        throw new IllegalArgumentException("a prefix of 0xFF bytes has no end");
    }

    @Override
    public void close() {
        counting.read(gets, scans, rows);
        options.close();
        db.releaseSnapshot(snapshot);
        snapshot.close();
    }
}
