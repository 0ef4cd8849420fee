package ai.pathbound.projector.rocks;

import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompactionPriority;
import org.rocksdb.CompressionType;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/// Native memory shared by all partition stores of a process, and the options they open with.
///
/// One block cache for all partitions bounds native memory whatever the number of partitions.
public final class RocksResources implements AutoCloseable {
    /// Never reached: [PartitionStore] flushes long before (see there why).
    static final long MEMTABLE_BYTES_MAX = 128L << 20;
    /// Files of flushes that are merged into the next level at once: few, since every scan looks into each.
    static final int FILES_MERGED = 4;
    /// While a node only writes: merging four times as many rewrites the next level four times less.
    static final int FILES_MERGED_IN_BULK = 16;

    static {
        RocksDB.loadLibrary();
    }

    private final Cache blockCache;
    private final BloomFilter bloom = new BloomFilter(10);

    /// Makes the shared cache.
    ///
    /// @param blockCacheBytes size of the shared cache of uncompressed blocks
    public RocksResources(long blockCacheBytes) {
        // Shard count by RocksDB; not strict, so a full cache never fails a read; a fifth is kept for
        // index and filter blocks, which every read needs.
        blockCache = new LRUCache(blockCacheBytes, -1, false, 0.2);
    }

    Options newOptions() {
        BlockBasedTableConfig table = new BlockBasedTableConfig().setBlockCache(blockCache)
                .setFilterPolicy(bloom)
                // 8 KiB: between single gets (smaller is better) and timeline scans (larger).
                .setBlockSize(8 * 1024)
                .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
                .setIndexType(IndexType.kBinarySearch)
                .setFormatVersion(5)
                // Index and filter blocks inside the bounded cache, not beside it.
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setPinTopLevelIndexAndFilter(true);
        return new Options().setCreateIfMissing(true)
                .setTableFormatConfig(table)
                .setWriteBufferSize(MEMTABLE_BYTES_MAX)
                .setMaxWriteBufferNumber(4)
                .setLevel0FileNumCompactionTrigger(FILES_MERGED)
                // Writers wait for merging only when that falls far behind.
                .setLevel0SlowdownWritesTrigger(3 * FILES_MERGED_IN_BULK)
                .setLevel0StopWritesTrigger(4 * FILES_MERGED_IN_BULK)
                // Most entities are new, and "is it known?" is asked of the memtable first: a filter of
                // about a mebibyte, made with the memtable, spares a search through it.
                .setMemtablePrefixBloomSizeRatio(0.01)
                .setMemtableWholeKeyFiltering(true)
                // Closing must not write rows whose changelog records may not be acknowledged.
                .setAvoidFlushDuringShutdown(true)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                // A flush is soon merged into the next level: compress then, once.
                .setCompressionPerLevel(
                        List.of(CompressionType.NO_COMPRESSION, CompressionType.LZ4_COMPRESSION))
                .setLevelCompactionDynamicLevelBytes(true)
                .setCompactionPriority(CompactionPriority.MinOverlappingRatio)
                // "Is this event known?" is asked for each new event: keep the last level's filter.
                .setOptimizeFiltersForHits(false)
                .setIncreaseParallelism(2)
                .setMaxOpenFiles(-1)
                .setKeepLogFileNum(2)
                .setStatsDumpPeriodSec(0);
    }

    /// Bytes in the shared block cache just now.
    public long blockCacheUsage() {
        return blockCache.getUsage();
    }

    @Override
    public void close() {
        bloom.close();
        blockCache.close();
    }
}
