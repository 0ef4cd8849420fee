package ai.pathbound.projector.columns.encoding;

import ai.pathbound.projector.columns.BlockSource;
import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.block.Block;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/// Decoded blocks of any number of tables, up to a budget of bytes; the least useful go first.
public final class BlockCache {
    private final Cache<Key, Block> blocks;

    public BlockCache(long bytesMax) {
        blocks = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((Key _, Block block) -> Math.toIntExact(block.retainedBytes()))
                .build();
    }

    /// Reads the stored bytes of a block.
    public interface Loader {
        byte[] load(long segment, ColumnId column);
    }

    private record Key(Object table, long segment, ColumnId column) {}

    /// The blocks of one table; `table` names it among all that share the cache.
    public BlockSource of(Object table, Loader loader) {
        return (segment, rows, column) -> blocks.get(
                new Key(table, segment, column),
                _ -> BlockCodec.decode(
                        segment,
                        rows,
                        loader.load(segment, column)));
    }

    /// Bytes of the blocks held now.
    public long retainedBytes() {
        return blocks.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }
}
