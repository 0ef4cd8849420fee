package ai.pathbound.projector.columns;

import ai.pathbound.projector.columns.block.Block;
import ai.pathbound.projector.columns.block.CodeSums;
import ai.pathbound.projector.columns.block.ColumnStats;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A sealed run of rows. Statistics stay in memory; blocks come from a source that may forget them.
public final class Segment implements Rows {
    private final long id;
    private final RowNumbers numbers;
    private final Map<ColumnId, ColumnStats> stats;
    private final SegmentSums sums = new SegmentSums();
    private volatile BlockSource source;

    /// A segment whose blocks are read from `source` when needed.
    public Segment(long id,
            RowNumbers numbers,
            Map<ColumnId, ColumnStats> stats,
            BlockSource source) {
        this.id = id;
        this.numbers = numbers;
        this.stats = Collections.unmodifiableMap(new java.util.HashMap<>(stats));
        this.source = source;
    }

    /// A segment just sealed, which holds its blocks.
    static Segment sealed(long id, RowNumbers numbers, Map<ColumnId, Block> blocks) {
        Map<ColumnId, ColumnStats> stats = new java.util.HashMap<>();
        blocks.forEach((column, block) -> stats.put(column, block.stats()));
        Segment sealed = new Segment(id, numbers, stats, new Held(blocks));
        sealed.sums.seal(blocks);
        return sealed;
    }

    /// The same segment with its blocks in memory.
    public Segment holding(Map<ColumnId, Block> blocks) {
        if (!blocks.keySet().equals(columns())) {
            throw new IllegalArgumentException("segment " + id + " has other columns");
        }
        return new Segment(id, numbers, stats, new Held(Map.copyOf(blocks)));
    }

    /// Blocks in memory.
    private record Held(Map<ColumnId, Block> blocks) implements BlockSource {
        @Override
        public Block block(long segment, int rows, ColumnId column) {
            Block block = blocks.get(column);
            if (block == null) {
                throw new IllegalStateException("segment " + segment + " has no " + column);
            }
            return block;
        }
    }

    /// Grows with every segment sealed; names it in storage.
    public long id() {
        return id;
    }

    @Override
    public RowNumbers numbers() {
        return numbers;
    }

    @Override
    public Set<ColumnId> columns() {
        return stats.keySet();
    }

    /// Columns in the order of the header.
    public Map<ColumnId, ColumnStats> sortedStats() {
        Map<ColumnId, ColumnStats> sorted = new TreeMap<>(
                java.util.Comparator.comparing(ColumnId::name).thenComparing(ColumnId::kind));
        sorted.putAll(stats);
        return sorted;
    }

    @Override
    public @Nullable ColumnStats stats(ColumnId column) {
        return stats.get(column);
    }

    @Override
    public @Nullable Block block(ColumnId column) {
        return stats.containsKey(column) ? source.block(id, numbers.rows(), column) : null;
    }

    /// The sums of a column of whole numbers by one of codes, both of this segment; empty where they would
    /// not be few and exact.
    public Optional<CodeSums> sums(ColumnId wholes, ColumnId codes) {
        Block numberBlock = block(wholes);
        Block codeBlock = block(codes);
        return numberBlock == null || codeBlock == null
                ? Optional.empty()
                : sums.of(wholes, codes, numberBlock, codeBlock);
    }

    /// From now on reads its blocks from there: it is stored, memory may forget it.
    void readFrom(BlockSource stored) {
        source = stored;
    }

    @Override
    public long retainedBytes() {
        long bytes = 64 + numbers.retainedBytes() + sums.retainedBytes();
        for (ColumnStats column : stats.values()) {
            bytes += column.retainedBytes() + 64;
        }
        if (source instanceof Held held) {
            for (Block block : held.blocks().values()) {
                bytes += block.retainedBytes();
            }
        }
        return bytes;
    }
}
