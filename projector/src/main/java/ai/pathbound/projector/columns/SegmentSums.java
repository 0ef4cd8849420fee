package ai.pathbound.projector.columns;

import ai.pathbound.projector.columns.block.Block;
import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.CodeSums;
import ai.pathbound.projector.columns.block.LongBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Sums of the whole numbers of a segment by columns of few values. Those most likely to be asked for are
/// made when the segment is sealed, others, and those of a segment that was read from storage, when a
/// question first wants them.
final class SegmentSums {
    /// Columns for which sums are made when a segment is sealed: one or two milliseconds at most.
    private static final int SEALED_NUMBERS_MAX = 4;
    private static final int SEALED_CODES_MAX = 8;
    /// Pairs of columns kept; at most about a hundred kilobytes.
    private static final int PAIRS_MAX = 128;

    private final Map<Pair, CodeSums> made = new ConcurrentHashMap<>();

    private record Pair(ColumnId numbers, ColumnId codes) {}

    private record Numbers(ColumnId column, LongBlock block, int missing) {}

    private record Codes(ColumnId column, CodeBlock block) {}

    /// Makes sums of the numbers most rows have by the columns of fewest values.
    void seal(Map<ColumnId, Block> blocks) {
        List<Numbers> numbers = new ArrayList<>();
        List<Codes> codes = new ArrayList<>();
        blocks.forEach((column, block) -> {
            switch (block) {
                case LongBlock longs when column.kind() == Kind.WHOLE && longs.hasLongSums() ->
                    numbers.add(new Numbers(column, longs, longs.stats().missing()));
                case CodeBlock coded when CodeSums.areFew(coded) ->
                    codes.add(new Codes(column, coded));
                case LongBlock _,CodeBlock _ -> {
                }
            }
        });
        numbers.sort(
                Comparator.comparingInt(Numbers::missing)
                        .thenComparing(some -> some.column().name()));
        codes.sort(
                Comparator.comparingInt((Codes some) -> some.block().localCount())
                        .thenComparing(some -> some.column().name()));
        for (Numbers number : numbers.subList(0, Math.min(SEALED_NUMBERS_MAX, numbers.size()))) {
            for (Codes code : codes.subList(0, Math.min(SEALED_CODES_MAX, codes.size()))) {
                of(number.column(), code.column(), number.block(), code.block());
            }
        }
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
                || !(codeBlock instanceof CodeBlock coded) || !CodeSums.areFew(coded)
                || !longs.hasLongSums()) {
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
