package ai.pathbound.projector.columns;

import ai.pathbound.projector.columns.block.Block;
import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.LongBlock;
import java.util.Arrays;

/// A growable array of the open tail, for codes or for 64-bit values. The writer fills it ahead of
/// what readers may see; cells once published are not written again, and growing makes a new array.
abstract sealed class TailColumn {
    /// An unchanging array of at least the first rows.
    abstract Cells cells();

    abstract void set(int row, long bits, int rowsMax);

    static TailColumn of(Kind kind) {
        return kind.isCoded() ? new Codes() : new Longs();
    }

    /// An array as it was when a run of rows was published.
    sealed interface Cells {
        /// The block of a run; rows beyond the array are missing.
        Block block(int from, int count);

        /// The code or bits of a row.
        long at(int row);
    }

    private static int grown(int length, int row, int rowsMax) {
        return Math.min(rowsMax, Math.max(row + 1, Math.max(16, length * 2)));
    }

    private static final class Codes extends TailColumn {
        private int[] codes = new int[0];

        @Override
        Cells cells() {
            return new CodeCells(codes);
        }

        @Override
        void set(int row, long bits, int rowsMax) {
            if (row >= codes.length) {
                codes = Arrays.copyOf(codes, grown(codes.length, row, rowsMax));
            }
            codes[row] = (int) bits;
        }
    }

    private static final class Longs extends TailColumn {
        private long[] values = new long[0];

        @Override
        Cells cells() {
            return new LongCells(values);
        }

        @Override
        void set(int row, long bits, int rowsMax) {
            if (row >= values.length) {
                int before = values.length;
                values = Arrays.copyOf(values, grown(before, row, rowsMax));
                Arrays.fill(values, before, values.length, LongBlock.MISSING);
            }
            values[row] = bits;
        }
    }

    private static final class CodeCells implements Cells {
        private final int[] codes;

        private CodeCells(int[] codes) {
            this.codes = codes;
        }

        @Override
        public Block block(int from, int count) {
            int[] run = new int[count];
            int there = Math.clamp((long) codes.length - from, 0, count);
            System.arraycopy(codes, Math.min(from, codes.length), run, 0, there);
            return CodeBlock.of(run, count);
        }

        @Override
        public long at(int row) {
            return row < codes.length ? codes[row] : 0;
        }
    }

    private static final class LongCells implements Cells {
        private final long[] values;

        private LongCells(long[] values) {
            this.values = values;
        }

        @Override
        public Block block(int from, int count) {
            long[] run = new long[count];
            int there = Math.clamp((long) values.length - from, 0, count);
            System.arraycopy(values, Math.min(from, values.length), run, 0, there);
            Arrays.fill(run, there, count, LongBlock.MISSING);
            return LongBlock.of(run, count);
        }

        @Override
        public long at(int row) {
            return row < values.length ? values[row] : LongBlock.MISSING;
        }
    }
}
