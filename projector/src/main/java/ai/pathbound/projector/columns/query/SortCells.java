package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.LongBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values one part has of an operand rows are sorted by. Each has a rank and a number that order as
/// the values do; where both are equal the values decide.
final class SortCells {
    static final int MISSING_RANK = 9;

    private final List<PartBlocks.Typed> typed;
    private final boolean exact;
    private final TextOrders orders;

    SortCells(List<PartBlocks.Typed> typed, boolean exact, TextOrders orders) {
        this.typed = typed;
        this.exact = exact;
        this.orders = orders;
    }

    /// The one block all numbers can be made from; null if there is no such block.
    PartBlocks.@Nullable Typed only() {
        return typed.size() == 1 && !exact ? typed.getFirst() : null;
    }

    /// The block that has the row's value; null if the row has none.
    private PartBlocks.@Nullable Typed at(int row) {
        for (PartBlocks.Typed some : typed) {
            boolean isThere = switch (some.block()) {
                case CodeBlock block -> block.code(row) != 0;
                case LongBlock block -> block.at(row) != LongBlock.MISSING;
            };
            if (isThere) {
                return some;
            }
        }
        return null;
    }

    int rank(int row) {
        PartBlocks.Typed there = at(row);
        return there == null ? MISSING_RANK : rank(there);
    }

    long number(int row) {
        PartBlocks.Typed there = at(row);
        // The numbers of texts are those of lower-case ones.
        return there == null || (exact && there.kind() == Kind.TEXT) ? 0 : number(there, row);
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

    private long number(PartBlocks.Typed typed, int row) {
        return switch (typed.block()) {
            case CodeBlock block -> ofCode(typed.dictionary(), block.code(row));
            case LongBlock block -> ofBits(typed.kind(), block.at(row));
        };
    }

    private long ofCode(@Nullable Dictionary dictionary, int code) {
        return dictionary == null ? code : orders.of(dictionary).place(code);
    }

    /// The numbers of several codes.
    void ofCodes(@Nullable Dictionary dictionary, int[] codes, int count, long[] out) {
        if (dictionary != null) {
            orders.of(dictionary).places(codes, count, out);
            return;
        }
        for (int i = 0; i < count; i++) {
            out[i] = codes[i];
        }
    }

    static long ofBits(Kind kind, long bits) {
        return kind == Kind.WHOLE ? Kind.ordered((double) bits) : bits;
    }

    /// Orders two rows by their values, missing ones last in both directions.
    static int compare(SortCells one, int row, SortCells other, int otherRow, PageQuery.Sort sort) {
        PartBlocks.Typed left = one.at(row);
        PartBlocks.Typed right = other.at(otherRow);
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        int order = left.kind() == Kind.TEXT && right.kind() == Kind.TEXT
                ? texts(left, row, right, otherRow, sort.exact())
                : ValueOrder.compare(value(left, row), value(right, otherRow));
        return sort.descending() ? -order : order;
    }

    private static int texts(PartBlocks.Typed left,
            int row,
            PartBlocks.Typed right,
            int otherRow,
            boolean exact) {
        Dictionary dictionary = left.dictionary();
        if (dictionary == null || !(left.block() instanceof CodeBlock codes)
                || !(right.block() instanceof CodeBlock otherCodes)) {
            throw new IllegalStateException("texts without codes");
        }
        // An operand has one dictionary in all parts.
        int one = codes.code(row);
        int other = otherCodes.code(otherRow);
        return exact
                ? dictionary.compare(one, other)
                : dictionary.compareIgnoringCase(one, other);
    }

    private static Value value(PartBlocks.Typed typed, int row) {
        return switch (typed.block()) {
            case CodeBlock block -> Part.coded(typed.kind(), typed.dictionary(), block.code(row));
            case LongBlock block -> typed.kind().value(block.at(row));
        };
    }
}
