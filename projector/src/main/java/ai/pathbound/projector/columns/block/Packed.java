package ai.pathbound.projector.columns.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Unsigned numbers in the fewest whole bytes each: 0 (all are 0), 1, 2, 4 or 8.
public abstract sealed class Packed {
    private final int size;

    private Packed(int size) {
        this.size = size;
    }

    public final int size() {
        return size;
    }

    /// Bytes per number.
    public abstract int width();

    public abstract long at(int index);

    /// Reads a run into the front of `out`. Only for numbers that fit an int.
    public abstract void read(int from, int count, int[] out);

    public abstract void read(int from, int count, long[] out);

    /// Reads chosen numbers. Only for numbers that fit an int.
    public abstract void gather(int[] indexes, int count, int[] out);

    public abstract void gather(int[] indexes, int count, long[] out);

    /// Sets `out[i]` to whether the number at `from + i` is a hit. Only for numbers below
    /// `hits.length`.
    public abstract void test(boolean[] hits, int from, int count, boolean[] out);

    /// Writes the indexes from `from` on that hold the number to the front of `out`; says how many.
    public int find(int number, int from, int count, int[] out) {
        int found = 0;
        for (int i = from; i < from + count; i++) {
            out[found] = i;
            found += at(i) == number ? 1 : 0;
        }
        return found;
    }

    public final long retainedBytes() {
        return 32 + (long) size * width();
    }

    /// Packs numbers taken as unsigned.
    public static Packed of(long[] values, int size) {
        long all = 0;
        for (int i = 0; i < size; i++) {
            all |= values[i];
        }
        Packed packed = empty(size, widthOf(all));
        for (int i = 0; i < size; i++) {
            packed.set(i, values[i]);
        }
        return packed;
    }

    public static Packed of(int[] values, int size) {
        int all = 0;
        for (int i = 0; i < size; i++) {
            all |= values[i];
        }
        Packed packed = empty(size, widthOf(Integer.toUnsignedLong(all)));
        for (int i = 0; i < size; i++) {
            packed.set(i, Integer.toUnsignedLong(values[i]));
        }
        return packed;
    }

    private static int widthOf(long all) {
        if (all == 0) {
            return 0;
        }
        if ((all & ~0xFFL) == 0) {
            return 1;
        }
        if ((all & ~0xFFFFL) == 0) {
            return 2;
        }
        return (all & ~0xFFFF_FFFFL) == 0 ? 4 : 8;
    }

    /// Writes the numbers one after the other, `width` bytes each, in the buffer's byte order.
    public abstract void writeTo(ByteBuffer out);

    /// Reads what [#writeTo] wrote.
    public static Packed readFrom(ByteBuffer in, int size, int width) {
        ByteBuffer own = in.slice(in.position(), size * width).order(in.order());
        in.position(in.position() + size * width);
        return switch (width) {
            case 1 -> {
                byte[] values = new byte[size];
                own.get(values);
                yield new Bytes(values);
            }
            case 2 -> {
                char[] values = new char[size];
                own.asCharBuffer().get(values);
                yield new Chars(values);
            }
            case 4 -> {
                int[] values = new int[size];
                own.asIntBuffer().get(values);
                yield new Ints(values);
            }
            case 8 -> {
                long[] values = new long[size];
                own.asLongBuffer().get(values);
                yield new Longs(values);
            }
            default -> empty(size, width);
        };
    }

    /// All numbers 0, or yet to be set.
    public static Packed empty(int size, int width) {
        return switch (width) {
            case 0 -> new Zeros(size);
            case 1 -> new Bytes(new byte[size]);
            case 2 -> new Chars(new char[size]);
            case 4 -> new Ints(new int[size]);
            case 8 -> new Longs(new long[size]);
            default ->
                throw new IllegalArgumentException("width must be 0, 1, 2, 4 or 8: " + width);
        };
    }

    /// The numbers 1, 2, 3, …, which take no bytes at all. Not to be set.
    public static Packed ascending(int size) {
        return new Ascending(size);
    }

    /// Part of building: a packed array is not changed once it is in a block.
    public abstract void set(int index, long value);

    private static final class Ascending extends Packed {
        private Ascending(int size) {
            super(size);
        }

        @Override
        public int width() {
            return 0;
        }

        @Override
        public long at(int index) {
            return index + 1L;
        }

        @Override
        public void read(int from, int count, int[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = from + i + 1;
            }
        }

        @Override
        public void read(int from, int count, long[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = from + i + 1L;
            }
        }

        @Override
        public void gather(int[] indexes, int count, int[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = indexes[i] + 1;
            }
        }

        @Override
        public void gather(int[] indexes, int count, long[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = indexes[i] + 1L;
            }
        }

        @Override
        public void test(boolean[] hits, int from, int count, boolean[] out) {
            System.arraycopy(hits, from + 1, out, 0, count);
        }

        @Override
        public void writeTo(ByteBuffer out) {
            // None has a byte.
        }

        @Override
        public void set(int index, long value) {
            throw new IllegalStateException("ascending numbers are not set");
        }
    }

    private static final class Zeros extends Packed {
        private Zeros(int size) {
            super(size);
        }

        @Override
        public int width() {
            return 0;
        }

        @Override
        public long at(int index) {
            return 0;
        }

        @Override
        public void read(int from, int count, int[] out) {
            java.util.Arrays.fill(out, 0, count, 0);
        }

        @Override
        public void read(int from, int count, long[] out) {
            java.util.Arrays.fill(out, 0, count, 0);
        }

        @Override
        public void gather(int[] indexes, int count, int[] out) {
            java.util.Arrays.fill(out, 0, count, 0);
        }

        @Override
        public void gather(int[] indexes, int count, long[] out) {
            java.util.Arrays.fill(out, 0, count, 0);
        }

        @Override
        public void test(boolean[] hits, int from, int count, boolean[] out) {
            java.util.Arrays.fill(out, 0, count, hits[0]);
        }

        @Override
        public void writeTo(ByteBuffer out) {
            // None has a byte.
        }

        @Override
        public void set(int index, long value) {}
    }

    private static final class Bytes extends Packed {
        private static final VarHandle EIGHT = MethodHandles
                .byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
        private static final long ONES = 0x0101010101010101L;
        private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
        /// Moves the lowest bits of eight bytes side by side into the topmost byte.
        private static final long BESIDE = 0x0102040810204080L;

        private final byte[] values;

        private Bytes(byte[] values) {
            super(values.length);
            this.values = values;
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public long at(int index) {
            return values[index] & 0xFF;
        }

        @Override
        public void read(int from, int count, int[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = values[from + i] & 0xFF;
            }
        }

        @Override
        public void read(int from, int count, long[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = values[from + i] & 0xFF;
            }
        }

        @Override
        public void gather(int[] indexes, int count, int[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = values[indexes[i]] & 0xFF;
            }
        }

        @Override
        public void gather(int[] indexes, int count, long[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = values[indexes[i]] & 0xFF;
            }
        }

        @Override
        public void test(boolean[] hits, int from, int count, boolean[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = hits[values[from + i] & 0xFF];
            }
        }

        /// Makes a bit of each of 64 numbers, then goes from hit to hit: how many of eight numbers are hits
        /// is no pattern a processor could predict.
        @Override
        public int find(int number, int from, int count, int[] out) {
            if (number > 0xFF) {
                return 0;
            }
            long wanted = ONES * number;
            int found = 0;
            int end = from + count;
            int i = from;
            for (; i + Long.SIZE <= end; i += Long.SIZE) {
                long hits = 0;
                for (int at = 0; at < Long.SIZE; at += Long.BYTES) {
                    hits |= hitsOfEight(i + at, wanted) << at;
                }
                for (; hits != 0; hits &= hits - 1) {
                    out[found++] = i + Long.numberOfTrailingZeros(hits);
                }
            }
            for (; i < end; i++) {
                if ((values[i] & 0xFF) == number) {
                    out[found++] = i;
                }
            }
            return found;
        }

        /// A byte that equals the number becomes zero, and the top bit of each zero byte is set without
        /// carries between bytes (Warren, Hacker's Delight, 6-1).
        private long hitsOfEight(int from, long wanted) {
            long differs = (long) EIGHT.get(values, from) ^ wanted;
            long tops = ~(((differs & LOW_BITS) + LOW_BITS) | differs | LOW_BITS);
            return ((tops >>> 7) * BESIDE) >>> 56;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            out.put(values);
        }

        @Override
        public void set(int index, long value) {
            values[index] = (byte) value;
        }
    }

    private static final class Chars extends Packed {
        private final char[] values;

        private Chars(char[] values) {
            super(values.length);
            this.values = values;
        }

        @Override
        public int width() {
            return 2;
        }

        @Override
        public long at(int index) {
            return values[index];
        }

        @Override
        public void read(int from, int count, int[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = values[from + i];
            }
        }

        @Override
        public void read(int from, int count, long[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = values[from + i];
            }
        }

        @Override
        public void gather(int[] indexes, int count, int[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = values[indexes[i]];
            }
        }

        @Override
        public void gather(int[] indexes, int count, long[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = values[indexes[i]];
            }
        }

        @Override
        public void test(boolean[] hits, int from, int count, boolean[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = hits[values[from + i]];
            }
        }

        @Override
        public int find(int number, int from, int count, int[] out) {
            int found = 0;
            for (int i = from; i < from + count; i++) {
                out[found] = i;
                found += values[i] == number ? 1 : 0;
            }
            return found;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            out.asCharBuffer().put(values);
            out.position(out.position() + Character.BYTES * values.length);
        }

        @Override
        public void set(int index, long value) {
            values[index] = (char) value;
        }
    }

    private static final class Ints extends Packed {
        private final int[] values;

        private Ints(int[] values) {
            super(values.length);
            this.values = values;
        }

        @Override
        public int width() {
            return 4;
        }

        @Override
        public long at(int index) {
            return Integer.toUnsignedLong(values[index]);
        }

        @Override
        public void read(int from, int count, int[] out) {
            System.arraycopy(values, from, out, 0, count);
        }

        @Override
        public void read(int from, int count, long[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = Integer.toUnsignedLong(values[from + i]);
            }
        }

        @Override
        public void gather(int[] indexes, int count, int[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = values[indexes[i]];
            }
        }

        @Override
        public void gather(int[] indexes, int count, long[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = Integer.toUnsignedLong(values[indexes[i]]);
            }
        }

        @Override
        public void test(boolean[] hits, int from, int count, boolean[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = hits[values[from + i]];
            }
        }

        @Override
        public void writeTo(ByteBuffer out) {
            out.asIntBuffer().put(values);
            out.position(out.position() + Integer.BYTES * values.length);
        }

        @Override
        public void set(int index, long value) {
            values[index] = (int) value;
        }
    }

    private static final class Longs extends Packed {
        private final long[] values;

        private Longs(long[] values) {
            super(values.length);
            this.values = values;
        }

        @Override
        public int width() {
            return 8;
        }

        @Override
        public long at(int index) {
            return values[index];
        }

        @Override
        public void read(int from, int count, int[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = Math.toIntExact(values[from + i]);
            }
        }

        @Override
        public void read(int from, int count, long[] out) {
            System.arraycopy(values, from, out, 0, count);
        }

        @Override
        public void gather(int[] indexes, int count, int[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = Math.toIntExact(values[indexes[i]]);
            }
        }

        @Override
        public void gather(int[] indexes, int count, long[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = values[indexes[i]];
            }
        }

        @Override
        public void test(boolean[] hits, int from, int count, boolean[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = hits[Math.toIntExact(values[from + i])];
            }
        }

        @Override
        public void writeTo(ByteBuffer out) {
            out.asLongBuffer().put(values);
            out.position(out.position() + Long.BYTES * values.length);
        }

        @Override
        public void set(int index, long value) {
            values[index] = value;
        }
    }
}
