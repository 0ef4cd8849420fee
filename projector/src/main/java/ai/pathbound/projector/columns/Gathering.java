package ai.pathbound.projector.columns;

import ai.pathbound.projector.columns.block.Block;
import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.LongBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Live rows of neighbouring parts, written anew as one segment. Row numbers stay.
final class Gathering {
    private final List<WrittenPart> parts = new ArrayList<>();
    private final long[] numbers;
    private int rows;

    Gathering(int rowsMax) {
        numbers = new long[rowsMax];
    }

    void add(WrittenPart part) {
        parts.add(part);
        for (int i = 0; i < part.size(); i++) {
            if (!part.isDead(i)) {
                numbers[rows++] = part.rows().numbers().at(i);
            }
        }
    }

    /// The segment; empty if no row is alive.
    Optional<Segment> segment(long id) {
        if (rows == 0) {
            return Optional.empty();
        }
        Set<ColumnId> columns = new HashSet<>();
        parts.forEach(part -> columns.addAll(part.rows().columns()));
        Map<ColumnId, Block> blocks = new HashMap<>();
        for (ColumnId column : columns) {
            Block block = column.kind().isCoded() ? codes(column) : longs(column);
            if (block.stats().missing() < rows) {
                blocks.put(column, block);
            }
        }
        return Optional.of(Segment.sealed(id, RowNumbers.of(numbers, rows), blocks));
    }

    private Block codes(ColumnId column) {
        int[] codes = new int[rows];
        int row = 0;
        for (WrittenPart part : parts) {
            @Nullable
            Block block = part.rows().block(column);
            for (int i = 0; i < part.size(); i++) {
                if (!part.isDead(i)) {
                    codes[row++] = block instanceof CodeBlock coded ? coded.code(i) : 0;
                }
            }
        }
        return CodeBlock.of(codes, rows);
    }

    private Block longs(ColumnId column) {
        long[] values = new long[rows];
        Arrays.fill(values, LongBlock.MISSING);
        int row = 0;
        for (WrittenPart part : parts) {
            @Nullable
            Block block = part.rows().block(column);
            for (int i = 0; i < part.size(); i++) {
                if (!part.isDead(i)) {
                    values[row++] = block instanceof LongBlock longs
                            ? longs.at(i)
                            : LongBlock.MISSING;
                }
            }
        }
        return LongBlock.of(values, rows);
    }
}
