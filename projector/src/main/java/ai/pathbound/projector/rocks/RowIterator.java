package ai.pathbound.projector.rocks;

import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
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

    /// Rows that cannot be read are not the end of the rows.
    @Override
    public boolean hasNext() {
        if (rows.isValid()) {
            return true;
        }
        try {
            rows.status();
        } catch (RocksDBException e) {
            throw new ProcessorStateException("cannot scan rows", e);
        }
        return false;
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        KeyValue<Bytes, byte[]> row = KeyValue.pair(Bytes.wrap(rows.key()), rows.value());
        rows.next();
        return row;
    }

    @Override
    public Bytes peekNextKey() {
        if (!hasNext()) {
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
