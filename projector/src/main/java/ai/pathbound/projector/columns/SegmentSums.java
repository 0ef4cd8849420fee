package ai.pathbound.projector.columns;

import ai.pathbound.projector.columns.block.Block;
import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.CodeSums;
import ai.pathbound.projector.columns.block.LongBlock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Sums of the whole numbers of a segment by columns of few values. Those most likely to be asked for are
/// made when the segment is sealed, others, and those of a segment that was read from storage, when a
/// question first wants them.
final class SegmentSums {
    /// Columns for which sums are made when a segment is sealed: about a millisecond at most.
    private static final int SEALED_NUMBERS_MAX = 4;
    private static final int SEALED_CODES_MAX = 8;
    /// Pairs of columns kept; at most about a hundred kilobytes.
    private static final int PAIRS_MAX = 128;

    private final Map<Pair, CodeSums> made = new ConcurrentHashMap<>();

    private record Pair(ColumnId numbers, ColumnId codes) {}

    /// Makes sums of the numbers most rows have by the columns of fewest values.
    void seal(Map<ColumnId, Block> blocks) {
        Comparator<ColumnId> byName = Comparator.comparing(ColumnId::name);
        List<ColumnId> numbers = blocks.keySet()
                .stream()
                .filter(column -> column.kind() == Kind.WHOLE)
                .sorted(
                        Comparator
                                .comparingInt(
                                        (ColumnId column) -> blocks.get(column).stats().missing())
                                .thenComparing(byName))
                .limit(SEALED_NUMBERS_MAX)
                .toList();
        if (numbers.isEmpty()) {
            return;
        }
        blocks.keySet()
                .stream()
                .filter(column -> column.kind().isCoded())
                .filter(column -> numbers.stream().anyMatch(number -> fit(number, column, blocks)))
                .sorted(
                        Comparator
                                .comparingInt((ColumnId column) -> codes(blocks, column))
                                .thenComparing(byName))
                .limit(SEALED_CODES_MAX)
                .forEach(
                        column -> numbers.forEach(
                                number -> of(
                                        number,
                                        column,
                                        blocks.get(number),
                                        blocks.get(column))));
    }

    private static boolean fit(ColumnId number, ColumnId column, Map<ColumnId, Block> blocks) {
        return blocks.get(number) instanceof LongBlock longs
                && blocks.get(column) instanceof CodeBlock codes && CodeSums.fit(codes, longs);
    }

    private static int codes(Map<ColumnId, Block> blocks, ColumnId column) {
        return blocks.get(column) instanceof CodeBlock codes ? codes.localCount() : 0;
    }

    /// The sums of one column by another; empty where they would not be few and exact.
    Optional<CodeSums> of(ColumnId numbers, ColumnId codes, Block numberBlock, Block codeBlock) {
        Pair pair = new Pair(numbers, codes);
        CodeSums known = made.get(pair);
        if (known != null) {
            return Optional.of(known);
        }
        if (numbers.kind() != Kind.WHOLE || made.size() >= PAIRS_MAX
                || !(numberBlock instanceof LongBlock longs)
                || !(codeBlock instanceof CodeBlock coded) || !CodeSums.fit(coded, longs)) {
            return Optional.empty();
        }
        return Optional.of(made.computeIfAbsent(pair, _ -> CodeSums.of(coded, longs)));
    }

    long retainedBytes() {
        long bytes = 64;
        for (CodeSums sums : made.values()) {
            bytes += 80 + sums.retainedBytes();
        }
        return bytes;
    }
}
