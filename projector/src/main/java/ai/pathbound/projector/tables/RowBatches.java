package ai.pathbound.projector.tables;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Rows on their way into the store, in their order and in batches of a sensible size.
final class RowBatches {
    private static final int BATCH_BYTES = 1 << 20;

    private final KeyValueStore<Bytes, byte[]> store;
    private final List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
    private long batchBytes;
    private long bytes;

    RowBatches(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    void put(byte[] key, byte[] value) {
        add(key, value, value.length);
    }

    void delete(byte[] key) {
        add(key, null, 0);
    }

    private void add(byte[] key, byte @Nullable [] value, int valueBytes) {
        rows.add(KeyValue.pair(Bytes.wrap(key), value));
        batchBytes += key.length + valueBytes;
        if (batchBytes >= BATCH_BYTES) {
            flush();
        }
    }

    void flush() {
        if (!rows.isEmpty()) {
            store.putAll(List.copyOf(rows));
            bytes += batchBytes;
            rows.clear();
            batchBytes = 0;
        }
    }

    /// Keys and values so far.
    long bytes() {
        return bytes + batchBytes;
    }
}
