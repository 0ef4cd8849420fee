package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.LongBlock;
import java.util.List;

/// The first rows of an order among those scanned.
final class TopRows {
    private final List<PageQuery.Sort> sorts;
    private final TextOrders orders;
    private final Contenders contenders;
    private long seen;

    TopRows(List<PageQuery.Sort> sorts, int rowsMax, TextOrders orders) {
        this.sorts = sorts;
        this.orders = orders;
        contenders = new Contenders(sorts, rowsMax);
    }

    long seen() {
        return seen;
    }

    void scan(PartBlocks blocks, Selection selection, Scratch scratch) {
        List<SortCells> columns = sorts.stream()
                .map(sort -> new SortCells(blocks.of(sort.operand()), sort.exact(), orders))
                .toList();
        contenders.from(blocks.part(), columns);
        PartBlocks.Typed only = columns.isEmpty() ? null : columns.getFirst().only();
        while (selection.next()) {
            int count = selection.count();
            seen += count;
            if (only == null) {
                each(columns, selection.rows(), count);
                continue;
            }
            switch (only.block()) {
                case CodeBlock block ->
                    codes(columns.getFirst(), only, block, selection.rows(), count, scratch);
                case LongBlock block -> longs(only, block, selection.rows(), count, scratch);
            }
        }
    }

    private void each(List<SortCells> columns, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            if (columns.isEmpty()) {
                contenders.offer(rows[i], SortCells.MISSING_RANK, 0);
            } else {
                SortCells first = columns.getFirst();
                contenders.offer(rows[i], first.rank(rows[i]), first.number(rows[i]));
            }
        }
    }

    private void codes(SortCells cells,
            PartBlocks.Typed typed,
            CodeBlock block,
            int[] rows,
            int count,
            Scratch scratch) {
        int[] codes = scratch.codes;
        long[] values = scratch.values;
        int rank = SortCells.rank(typed);
        block.codes(rows, count, codes);
        cells.ofCodes(typed.dictionary(), codes, count, values);
        for (int i = 0; i < count; i++) {
            if (codes[i] == 0) {
                contenders.offer(rows[i], SortCells.MISSING_RANK, 0);
            } else {
                contenders.offer(rows[i], rank, values[i]);
            }
        }
    }

    private void longs(PartBlocks.Typed typed,
            LongBlock block,
            int[] rows,
            int count,
            Scratch scratch) {
        long[] values = scratch.values;
        int rank = SortCells.rank(typed);
        block.read(rows, count, values);
        for (int i = 0; i < count; i++) {
            if (values[i] == LongBlock.MISSING) {
                contenders.offer(rows[i], SortCells.MISSING_RANK, 0);
            } else {
                contenders.offer(rows[i], rank, SortCells.ofBits(typed.kind(), values[i]));
            }
        }
    }

    void merge(TopRows other) {
        seen += other.seen;
        contenders.merge(other.contenders);
    }

    /// Where the rows are in their part, in order; only if all were of one part.
    char[] positions() {
        return contenders.positions();
    }

    /// The row numbers after the first `offset`, in order.
    List<Long> sorted(int offset) {
        return contenders.sorted(offset);
    }
}
