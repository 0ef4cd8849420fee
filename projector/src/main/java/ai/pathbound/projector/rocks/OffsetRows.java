package ai.pathbound.projector.rocks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/// The rows that say up to which changelog offset a store is complete. They stand behind all others and
/// are never sent to the changelog.
///
///     FF changelog partition   ->   offset(8)
final class OffsetRows {
    private static final byte TAG = (byte) 0xFF;

    private OffsetRows() {}

    /// Where the other rows end.
    static byte[] begin() {
        return new byte[]{TAG};
    }

    static @Nullable Long get(RocksDB db, TopicPartition changelog) throws RocksDBException {
        byte[] value = db.get(key(changelog));
        return value == null ? null : ByteBuffer.wrap(value).getLong();
    }

    /// A missing offset takes the row away.
    static void put(Map<TopicPartition, Long> offsets, WriteBatch batch) throws RocksDBException {
        for (Map.Entry<TopicPartition, Long> entry : offsets.entrySet()) {
            Long offset = entry.getValue();
            byte[] key = key(entry.getKey());
            if (offset == null) {
                batch.delete(key);
            } else {
                batch.put(key, ByteBuffer.allocate(Long.BYTES).putLong(offset).array());
            }
        }
    }

    /// Key by key: a deleted range would be looked at by every later read of the memtable.
    static void deleteAll(RocksDB db, WriteBatch batch) throws RocksDBException {
        try (RocksIterator rows = db.newIterator()) {
            for (rows.seek(begin()); rows.isValid(); rows.next()) {
                batch.delete(rows.key());
            }
            rows.status();
        }
    }

    /// Whether there are rows and no offset.
    static boolean areMissing(RocksDB db) throws RocksDBException {
        try (RocksIterator rows = db.newIterator()) {
            rows.seekToFirst();
            boolean any = rows.isValid();
            rows.status();
            rows.seek(begin());
            rows.status();
            return any && !rows.isValid();
        }
    }

    /// Whether there are no other rows.
    static boolean areAll(RocksDB db) throws RocksDBException {
        try (RocksIterator rows = db.newIterator()) {
            rows.seekToFirst();
            rows.status();
            return !rows.isValid() || rows.key()[0] == TAG;
        }
    }

    private static byte[] key(TopicPartition changelog) {
        byte[] text = changelog.toString().getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[text.length + 1];
        key[0] = TAG;
        System.arraycopy(text, 0, key, 1, text.length);
        return key;
    }
}
