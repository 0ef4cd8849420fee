package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.LongBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;

/// The first rows of an order seen so far. A row that a number made of its first value already rules
/// out costs one comparison; only rows that may win get their values read.
final class TopRows {
    private final List<PageQuery.Sort> sorts;
    private final int rowsMax;
    private final Comparator<Candidate> order = this::compare;
    private final PriorityQueue<Candidate> worstFirst = new PriorityQueue<>(order.reversed());
    private long seen;

    TopRows(List<PageQuery.Sort> sorts, int rowsMax) {
        this.sorts = sorts;
        this.rowsMax = rowsMax;
    }

    private record Candidate(SortNumber number, List<Optional<Value>> values, long row) {}

    long seen() {
        return seen;
    }

    void scan(PartBlocks blocks, Selection selection) {
        Part part = blocks.part();
        List<List<PartBlocks.Typed>> columns = sorts.stream()
                .map(sort -> blocks.of(sort.operand()))
                .toList();
        while (selection.next()) {
            seen += selection.count();
            int[] rows = selection.rows();
            int count = columns.isEmpty() || columns.getFirst().size() != 1
                    ? selection.count()
                    : promising(columns.getFirst().getFirst(), rows, selection.count());
            for (int i = 0; i < count; i++) {
                offer(part, columns, rows[i]);
            }
        }
    }

    /// Moves the rows to the front that the worst row kept does not rule out; compares plain numbers.
    private int promising(PartBlocks.Typed typed, int[] rows, int count) {
        if (worstFirst.size() < rowsMax) {
            return count;
        }
        SortNumber worst = worstFirst.element().number();
        if (worst.rank() != SortNumber.rank(typed)) {
            return count;
        }
        boolean descending = sorts.getFirst().descending();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long number;
            switch (typed.block()) {
                case CodeBlock block -> {
                    int code = block.code(row);
                    if (code == 0) {
                        continue;
                    }
                    number = SortNumber.ofCode(typed, code);
                }
                case LongBlock block -> {
                    long bits = block.at(row);
                    if (bits == LongBlock.MISSING) {
                        continue;
                    }
                    number = SortNumber.ofBits(typed.kind(), bits);
                }
            }
            rows[kept] = row;
            kept += (descending ? number >= worst.number() : number <= worst.number()) ? 1 : 0;
        }
        return kept;
    }

    private void offer(Part part, List<List<PartBlocks.Typed>> columns, int row) {
        SortNumber number = columns.isEmpty()
                ? SortNumber.MISSING
                : SortNumber.of(columns.getFirst(), row);
        if (worstFirst.size() == rowsMax && !sorts.isEmpty()
                && number.compare(worstFirst.element().number(),
                        sorts.getFirst().descending()) > 0) {
            return;
        }
        List<Optional<Value>> values = new ArrayList<>(columns.size());
        for (List<PartBlocks.Typed> column : columns) {
            values.add(value(column, row));
        }
        offer(new Candidate(number, values, part.rowNumber(row)));
    }

    private void offer(Candidate candidate) {
        if (worstFirst.size() < rowsMax) {
            worstFirst.add(candidate);
        } else if (order.compare(candidate, worstFirst.element()) < 0) {
            worstFirst.remove();
            worstFirst.add(candidate);
        }
    }

    void merge(TopRows other) {
        seen += other.seen;
        other.worstFirst.forEach(this::offer);
    }

    List<Long> sorted() {
        List<Candidate> candidates = new ArrayList<>(worstFirst);
        candidates.sort(order);
        return candidates.stream().map(Candidate::row).toList();
    }

    private int compare(Candidate one, Candidate other) {
        for (int s = 0; s < sorts.size(); s++) {
            boolean descending = sorts.get(s).descending();
            int result = s == 0 ? one.number().compare(other.number(), descending) : 0;
            if (result == 0) {
                result = compare(one.values().get(s), other.values().get(s), descending);
            }
            if (result != 0) {
                return result;
            }
        }
        return Long.compare(one.row(), other.row());
    }

    /// Texts that differ in case only are equal here: the next sort decides.
    private static int compare(Optional<Value> one, Optional<Value> other, boolean descending) {
        if (one.isPresent() && other.isPresent() && one.get() instanceof Value.Text(String left)
                && other.get() instanceof Value.Text(String right)) {
            int order = left.toLowerCase(Locale.ROOT).compareTo(right.toLowerCase(Locale.ROOT));
            return descending ? -order : order;
        }
        return ValueOrder.compare(one, other, descending);
    }

    private static Optional<Value> value(List<PartBlocks.Typed> column, int row) {
        for (PartBlocks.Typed typed : column) {
            switch (typed.block()) {
                case CodeBlock block -> {
                    int code = block.code(row);
                    if (code != 0) {
                        return Optional.of(Part.coded(typed.kind(), typed.dictionary(), code));
                    }
                }
                case LongBlock block -> {
                    long bits = block.at(row);
                    if (bits != LongBlock.MISSING) {
                        return Optional.of(typed.kind().value(bits));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// A rank and a number that order as the values do; where they are equal the values decide.
    record SortNumber(int rank, long number) {
        private static final int MISSING_RANK = 9;
        static final SortNumber MISSING = new SortNumber(MISSING_RANK, 0);

        static SortNumber of(List<PartBlocks.Typed> column, int row) {
            for (PartBlocks.Typed typed : column) {
                switch (typed.block()) {
                    case CodeBlock block -> {
                        int code = block.code(row);
                        if (code != 0) {
                            return new SortNumber(rank(typed), ofCode(typed, code));
                        }
                    }
                    case LongBlock block -> {
                        long bits = block.at(row);
                        if (bits != LongBlock.MISSING) {
                            return new SortNumber(rank(typed), ofBits(typed.kind(), bits));
                        }
                    }
                }
            }
            return MISSING;
        }

        static int rank(PartBlocks.Typed typed) {
            return switch (typed.kind()) {
                case WHOLE, FLOATING -> 0;
                case TIME -> 1;
                case BOOLEAN -> 2;
                case TEXT -> 3;
                case JSON -> 4;
            };
        }

        static long ofCode(PartBlocks.Typed typed, int code) {
            return typed.dictionary() == null
                    ? code
                    : typed.dictionary().prefix(code) ^ Long.MIN_VALUE;
        }

        static long ofBits(Kind kind, long bits) {
            return kind == Kind.WHOLE ? Kind.ordered((double) bits) : bits;
        }

        int compare(SortNumber other, boolean descending) {
            if (rank == MISSING_RANK || other.rank == MISSING_RANK) {
                return Boolean.compare(rank == MISSING_RANK, other.rank == MISSING_RANK);
            }
            int order = rank != other.rank
                    ? Integer.compare(rank, other.rank)
                    : Long.compare(number, other.number);
            return descending ? -order : order;
        }
    }
}
