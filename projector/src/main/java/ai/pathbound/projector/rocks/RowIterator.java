package ai.pathbound.projector.rocks;

import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/// Rows from a key up to a bound, for the writer and for Streams; must be closed.
final class RowIterator implements KeyValueIterator<Bytes, byte[]> {
    private final Slice end;
    private final ReadOptions options;
    private final RocksIterator rows;

    RowIterator(RocksDB db, byte[] from, byte[] endExclusive) {
        end = new Slice(endExclusive);
        options = new ReadOptions().setIterateUpperBound(end);
        rows = db.newIterator(options);
        rows.seek(from);
    }

    @Override
    public boolean hasNext() {
        return rows.isValid();
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
        if (!rows.isValid()) {
            throw new NoSuchElementException();
        }
        KeyValue<Bytes, byte[]> row = KeyValue.pair(Bytes.wrap(rows.key()), rows.value());
        rows.next();
        return row;
    }

    @Override
    public Bytes peekNextKey() {
        if (!rows.isValid()) {
            throw new NoSuchElementException();
        }
        return Bytes.wrap(rows.key());
    }

    @Override
    public void close() {
        rows.close();
        options.close();
        end.close();
    }
}
