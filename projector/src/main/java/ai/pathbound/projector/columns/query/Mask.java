package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.DeadRows;
import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.LongBlock;
import ai.pathbound.projector.columns.block.Zones;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/// A filter on one part: says which rows of a batch pass. Used by one thread.
sealed interface Mask {
    /// Sets `out[i]` to whether row `from + i` passes.
    void eval(int from, int count, boolean[] out);

    /// Writes the rows of a batch that pass to the front of `scratch.rows`; says how many.
    default int select(int from, int count, Scratch scratch) {
        eval(from, count, scratch.passes);
        boolean[] passes = scratch.passes;
        int[] rows = scratch.rows;
        int chosen = 0;
        for (int i = 0; i < count; i++) {
            rows[chosen] = from + i;
            chosen += passes[i] ? 1 : 0;
        }
        return chosen;
    }

    /// Moves those of the chosen rows of a batch that pass to the front; says how many.
    default int refine(int from, int count, int chosen, Scratch scratch) {
        eval(from, count, scratch.passes);
        boolean[] passes = scratch.passes;
        int[] rows = scratch.rows;
        int kept = 0;
        for (int i = 0; i < chosen; i++) {
            int row = rows[i];
            rows[kept] = row;
            kept += passes[row - from] ? 1 : 0;
        }
        return kept;
    }

    /// No row of the batch before this one passes.
    default int first(int from, int count) {
        return from;
    }

    /// No row of the batch from this one on passes.
    default int end(int from, int count) {
        return from + count;
    }

    /// How many rows pass, if that is known without reading any.
    default OptionalInt known() {
        return OptionalInt.empty();
    }

    /// What looking first at this mask costs others: about the share of rows that pass, more if a row is
    /// dear to look at.
    default double rank() {
        return 1;
    }

    /// All rows alike.
    record Constant(boolean passes) implements Mask {
        static final Constant ALL = new Constant(true);
        static final Constant NONE = new Constant(false);

        @Override
        public void eval(int from, int count, boolean[] out) {
            Arrays.fill(out, 0, count, passes);
        }

        @Override
        public int select(int from, int count, Scratch scratch) {
            return passes ? run(from, count, scratch) : 0;
        }
    }

    private static int run(int from, int count, Scratch scratch) {
        for (int i = 0; i < count; i++) {
            scratch.rows[i] = from + i;
        }
        return count;
    }

    static Mask all(List<Mask> masks) {
        List<Mask> open = new ArrayList<>();
        for (Mask mask : masks) {
            if (mask.equals(Constant.NONE)) {
                return Constant.NONE;
            }
            if (!mask.equals(Constant.ALL)) {
                open.add(mask);
            }
        }
        return open.isEmpty() ? Constant.ALL : open.size() == 1 ? open.getFirst() : new And(open);
    }

    static Mask any(List<Mask> masks) {
        List<Mask> open = new ArrayList<>();
        for (Mask mask : masks) {
            if (mask.equals(Constant.ALL)) {
                return Constant.ALL;
            }
            if (!mask.equals(Constant.NONE)) {
                open.add(mask);
            }
        }
        return open.isEmpty() ? Constant.NONE : open.size() == 1 ? open.getFirst() : new Or(open);
    }

    static Mask not(Mask mask) {
        if (mask instanceof Constant(boolean passes)) {
            return passes ? Constant.NONE : Constant.ALL;
        }
        return new Not(mask);
    }

    /// Rows found before, a bit for each.
    final class Rows implements Mask {
        private final long[] words;
        private final int rows;
        private final int count;

        private Rows(long[] words, int rows, int count) {
            this.words = words;
            this.rows = rows;
            this.count = count;
        }

        /// What passes another mask of a part with so many rows.
        static Mask of(Mask mask, int rows) {
            long[] words = new long[(rows + 63) >> 6];
            int count = 0;
            try (Scratch scratch = Scratch.lent()) {
                for (int from = 0; from < rows; from += Batch.ROWS) {
                    int chosen = mask.select(from, Math.min(Batch.ROWS, rows - from), scratch);
                    for (int i = 0; i < chosen; i++) {
                        int row = scratch.rows[i];
                        words[row >> 6] |= 1L << row;
                    }
                    count += chosen;
                }
            }
            return count == 0 ? Constant.NONE : new Rows(words, rows, count);
        }

        int count() {
            return count;
        }

        /// How many of these rows are dead.
        int countOf(DeadRows dead) {
            int common = 0;
            for (int i = 0; i < words.length; i++) {
                common += Long.bitCount(words[i] & dead.word(i));
            }
            return common;
        }

        int bytes() {
            return 150 + 8 * words.length;
        }

        @Override
        public void eval(int from, int count, boolean[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = (words[(from + i) >> 6] & (1L << (from + i))) != 0;
            }
        }

        @Override
        public int select(int from, int count, Scratch scratch) {
            int[] chosen = scratch.rows;
            int at = 0;
            // A batch begins with a word.
            for (int word = from >> 6; word << 6 < from + count; word++) {
                for (long bits = words[word]; bits != 0; bits &= bits - 1) {
                    chosen[at++] = (word << 6) + Long.numberOfTrailingZeros(bits);
                }
            }
            return at;
        }

        @Override
        public OptionalInt known() {
            return OptionalInt.of(count);
        }

        @Override
        public double rank() {
            return (double) count / rows;
        }
    }

    /// Rows whose local code is a hit.
    final class Codes implements Mask {
        private static final boolean[] NOT_MADE = {};

        private final CodeBlock block;
        private final int[] locals;
        private final OptionalInt known;
        /// By local code; made when a row is looked at, which a count may never do.
        private boolean[] hits = NOT_MADE;

        /// Takes ownership of the codes that are hits, at least one.
        Codes(CodeBlock block, int[] locals) {
            this.block = block;
            this.locals = locals;
            this.known = block.hasCounts()
                    ? OptionalInt.of(rows(locals, block.counts()))
                    : OptionalInt.empty();
        }

        private static int rows(int[] locals, char[] counts) {
            int rows = 0;
            for (int local : locals) {
                rows += counts[local];
            }
            return rows;
        }

        private boolean[] hits() {
            if (hits.length == 0) {
                hits = new boolean[block.localCount()];
                for (int local : locals) {
                    hits[local] = true;
                }
            }
            return hits;
        }

        @Override
        public void eval(int from, int count, boolean[] out) {
            block.locals().test(hits(), from, count, out);
        }

        @Override
        public int select(int from, int count, Scratch scratch) {
            return locals.length == 1
                    ? block.locals().find(locals[0], from, count, scratch.rows)
                    : Mask.super.select(from, count, scratch);
        }

        @Override
        public int refine(int from, int count, int chosen, Scratch scratch) {
            boolean[] isHit = hits();
            int[] codes = scratch.codes;
            int[] rows = scratch.rows;
            block.locals().gather(rows, chosen, codes);
            int kept = 0;
            for (int i = 0; i < chosen; i++) {
                rows[kept] = rows[i];
                kept += isHit[codes[i]] ? 1 : 0;
            }
            return kept;
        }

        @Override
        public OptionalInt known() {
            return known;
        }

        @Override
        public double rank() {
            return known.isPresent()
                    ? (double) known.getAsInt() / block.rows()
                    : (double) locals.length / block.localCount();
        }
    }

    /// Rows whose derived code is accepted.
    final class Derived implements Mask {
        private static final double RANK = 2;

        private final DerivedCodes derived;
        private final CodeSet accepted;
        private int[] codes = new int[0];
        private int[] more = new int[0];

        Derived(DerivedCodes derived, CodeSet accepted) {
            this.derived = derived;
            this.accepted = accepted;
        }

        @Override
        public void eval(int from, int count, boolean[] out) {
            if (codes.length == 0) {
                codes = new int[Batch.ROWS];
                more = new int[Batch.ROWS];
            }
            derived.read(new int[]{from}, count, true, codes, more);
            for (int i = 0; i < count; i++) {
                out[i] = accepted.contains(codes[i]);
            }
        }

        @Override
        public int refine(int from, int count, int chosen, Scratch scratch) {
            int[] rows = scratch.rows;
            int[] some = scratch.codes;
            derived.read(rows, chosen, false, some, scratch.moreCodes);
            int kept = 0;
            for (int i = 0; i < chosen; i++) {
                rows[kept] = rows[i];
                kept += accepted.contains(some[i]) ? 1 : 0;
            }
            return kept;
        }

        @Override
        public double rank() {
            return RANK;
        }
    }

    /// Rows whose value is from `low` to `high`, both inclusive.
    final class Between implements Mask {
        private static final double RANK = 0.5;

        private final LongBlock block;
        private final long low;
        private final long high;
        private final long[] values = new long[Batch.ROWS];

        Between(LongBlock block, long low, long high) {
            this.block = block;
            this.low = low;
            this.high = high;
        }

        @Override
        public void eval(int from, int count, boolean[] out) {
            block.read(from, count, values);
            for (int i = 0; i < count; i++) {
                out[i] = values[i] >= low && values[i] <= high;
            }
        }

        @Override
        public int first(int from, int count) {
            return isCut(from)
                    ? block.firstAtLeast(low, from, from + count)
                    : zone(from) == Passing.NO_ROW ? from + count : from;
        }

        @Override
        public int end(int from, int count) {
            return isCut(from) && high < Long.MAX_VALUE
                    ? block.firstAtLeast(high + 1, from, from + count)
                    : from + count;
        }

        /// Whether the values of the batch ascend and may leave the range.
        private boolean isCut(int from) {
            return zone(from) == Passing.SOME_ROWS
                    && block.zones().isAscending(from / Batch.ROWS);
        }

        @Override
        public int select(int from, int count, Scratch scratch) {
            int first = first(from, count);
            int end = end(from, count);
            return first >= end
                    ? 0
                    : isEvery(first, end)
                            ? run(first, end - first, scratch)
                            : Mask.super.select(from, count, scratch);
        }

        @Override
        public int refine(int from, int count, int chosen, Scratch scratch) {
            return first(from, count) >= end(from, count)
                    ? 0
                    : isEvery(from, from + count)
                            ? chosen
                            : Mask.super.refine(from, count, chosen, scratch);
        }

        private boolean isEvery(int first, int end) {
            return zone(first) == Passing.EVERY_ROW
                    || (isCut(first) && block.at(first) >= low && block.at(end - 1) <= high);
        }

        private enum Passing {
            NO_ROW, SOME_ROWS, EVERY_ROW
        }

        private Passing zone(int from) {
            int zone = from / Batch.ROWS;
            Zones zones = block.zones();
            if (zones.min(zone) > high || zones.max(zone) < low) {
                return Passing.NO_ROW;
            }
            return !zones.hasMissing(zone) && zones.min(zone) >= low && zones.max(zone) <= high
                    ? Passing.EVERY_ROW
                    : Passing.SOME_ROWS;
        }

        @Override
        public double rank() {
            return RANK;
        }
    }

    /// Rows whose value is one of a sorted list.
    final class OneOf implements Mask {
        private final LongBlock block;
        private final long[] sorted;

        OneOf(LongBlock block, long[] sorted) {
            this.block = block;
            this.sorted = sorted;
        }

        @Override
        public void eval(int from, int count, boolean[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = Arrays.binarySearch(sorted, block.at(from + i)) >= 0;
            }
        }
    }

    /// Rows that pass all. What lets few rows pass goes first; the others look at those rows only.
    final class And implements Mask {
        private final List<Mask> masks;
        private boolean[] next = new boolean[0];

        And(List<Mask> masks) {
            this.masks = masks.stream().sorted(Comparator.comparingDouble(Mask::rank)).toList();
        }

        @Override
        public void eval(int from, int count, boolean[] out) {
            if (next.length == 0) {
                next = new boolean[Batch.ROWS];
            }
            masks.getFirst().eval(from, count, out);
            for (int m = 1; m < masks.size(); m++) {
                masks.get(m).eval(from, count, next);
                for (int i = 0; i < count; i++) {
                    out[i] &= next[i];
                }
            }
        }

        @Override
        public int first(int from, int count) {
            int first = from;
            for (Mask mask : masks) {
                first = Math.max(first, mask.first(from, count));
            }
            return first;
        }

        @Override
        public int end(int from, int count) {
            int end = from + count;
            for (Mask mask : masks) {
                end = Math.min(end, mask.end(from, count));
            }
            return end;
        }

        @Override
        public int select(int from, int count, Scratch scratch) {
            int first = first(from, count);
            int cut = end(from, count) - first;
            int chosen = cut <= 0 ? 0 : masks.getFirst().select(first, cut, scratch);
            for (int m = 1; m < masks.size() && chosen > 0; m++) {
                chosen = masks.get(m).refine(first, cut, chosen, scratch);
            }
            return chosen;
        }

        @Override
        public int refine(int from, int count, int chosen, Scratch scratch) {
            int kept = chosen;
            for (int m = 0; m < masks.size() && kept > 0; m++) {
                kept = masks.get(m).refine(from, count, kept, scratch);
            }
            return kept;
        }

        @Override
        public double rank() {
            return masks.getFirst().rank();
        }
    }

    /// Rows that pass one.
    final class Or implements Mask {
        private final List<Mask> masks;
        private final boolean[] next = new boolean[Batch.ROWS];

        Or(List<Mask> masks) {
            this.masks = masks;
        }

        @Override
        public void eval(int from, int count, boolean[] out) {
            masks.getFirst().eval(from, count, out);
            for (int m = 1; m < masks.size(); m++) {
                masks.get(m).eval(from, count, next);
                for (int i = 0; i < count; i++) {
                    out[i] |= next[i];
                }
            }
        }
    }

    /// Rows that do not pass.
    record Not(Mask mask) implements Mask {
        @Override
        public void eval(int from, int count, boolean[] out) {
            mask.eval(from, count, out);
            for (int i = 0; i < count; i++) {
                out[i] = !out[i];
            }
        }
    }
}
