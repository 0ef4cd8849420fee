package ai.pathbound.projector.columns;

import java.util.function.IntConsumer;

/// Which positions of one part are dead: a bitmap nobody changes, so that views may keep it.
public final class DeadRows {
    public static final DeadRows NONE = new DeadRows(new long[0], 0);

    private final long[] words;
    private final int count;

    /// Takes ownership of `words`.
    DeadRows(long[] words, int count) {
        this.words = words;
        this.count = count;
    }

    /// The bitmap of so many rows, 64 to a word from the lowest bit on.
    public long[] words(int rows) {
        return copyWords(rows);
    }

    /// One word of the bitmap.
    public long word(int index) {
        return index < words.length ? words[index] : 0;
    }

    public int count() {
        return count;
    }

    /// Tells each dead position of so many rows, in ascending order.
    public void forEach(int rows, IntConsumer told) {
        int end = Math.min(words.length, (rows + 63) >> 6);
        for (int word = 0; count > 0 && word < end; word++) {
            for (long bits = words[word]; bits != 0; bits &= bits - 1) {
                told.accept((word << 6) + Long.numberOfTrailingZeros(bits));
            }
        }
    }

    public boolean isDead(int position) {
        int word = position >> 6;
        return word < words.length && (words[word] & (1L << position)) != 0;
    }

    long[] copyWords(int rows) {
        return java.util.Arrays.copyOf(words, (rows + 63) >> 6);
    }

    long retainedBytes() {
        return 40 + 8L * words.length;
    }
}
