package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.LongBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A filter on one part: says of each row of a batch whether it passes.
sealed interface Mask {
    Mask ALL = new Constant(true);
    Mask NONE = new Constant(false);

    void eval(int from, int count, boolean[] out);

    /// All rows alike.
    record Constant(boolean passes) implements Mask {
        @Override
        public void eval(int from, int count, boolean[] out) {
            Arrays.fill(out, 0, count, passes);
        }
    }

    static Mask all(List<Mask> masks) {
        List<Mask> open = new ArrayList<>();
        for (Mask mask : masks) {
            if (mask.equals(NONE)) {
                return NONE;
            }
            if (!mask.equals(ALL)) {
                open.add(mask);
            }
        }
        return open.isEmpty() ? ALL : open.size() == 1 ? open.getFirst() : new And(open);
    }

    static Mask any(List<Mask> masks) {
        List<Mask> open = new ArrayList<>();
        for (Mask mask : masks) {
            if (mask.equals(ALL)) {
                return ALL;
            }
            if (!mask.equals(NONE)) {
                open.add(mask);
            }
        }
        return open.isEmpty() ? NONE : open.size() == 1 ? open.getFirst() : new Or(open);
    }

    static Mask not(Mask mask) {
        if (mask instanceof Constant(boolean passes)) {
            return passes ? NONE : ALL;
        }
        return new Not(mask);
    }

    /// Rows whose local code is a hit.
    final class Codes implements Mask {
        private final CodeBlock block;
        private final boolean[] hits;

        Codes(CodeBlock block, boolean[] hits) {
            this.block = block;
            this.hits = hits;
        }

        @Override
        public void eval(int from, int count, boolean[] out) {
            block.locals().test(hits, from, count, out);
        }
    }

    /// Rows whose value is from `low` to `high`, both inclusive.
    final class Between implements Mask {
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

    /// Rows that pass all.
    final class And implements Mask {
        private final List<Mask> masks;
        private final boolean[] next = new boolean[Batch.ROWS];

        And(List<Mask> masks) {
            this.masks = masks;
        }

        @Override
        public void eval(int from, int count, boolean[] out) {
            masks.getFirst().eval(from, count, out);
            for (int m = 1; m < masks.size(); m++) {
                masks.get(m).eval(from, count, next);
                for (int i = 0; i < count; i++) {
                    out[i] &= next[i];
                }
            }
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
