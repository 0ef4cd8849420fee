package ai.pathbound.projector;

import java.nio.file.Path;
import java.util.List;
import org.rocksdb.PerfContext;
import org.rocksdb.PerfLevel;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// Counts what a thread does in stores, whichever they are: RocksDB keeps these numbers per thread.
/// The store it opens itself is only a way to them.
final class StoreWork implements AutoCloseable {
    private final RocksDB db;

    StoreWork(Path folder) {
        RocksDB.loadLibrary();
        try {
            db = RocksDB.open(folder.toString());
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
        db.setPerfLevel(PerfLevel.ENABLE_COUNT);
    }

    /// Gets, seeks, steps, rows passed over and bytes read by what runs on this thread.
    List<Long> of(Runnable work) {
        PerfContext counts = db.getPerfContext();
        counts.reset();
        work.run();
        return List.of(
                counts.getFromMemtableCount(),
                counts.getSeekOnMemtableCount(),
                counts.getNextOnMemtableCount(),
                counts.getInternalKeySkippedCount(),
                counts.getReadBytes(),
                counts.getMultigetReadBytes(),
                counts.getIterReadBytes());
    }

    @Override
    public void close() {
        db.setPerfLevel(PerfLevel.DISABLE);
        db.close();
    }
}
