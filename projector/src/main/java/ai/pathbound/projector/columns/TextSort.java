package ai.pathbound.projector.columns;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Sorts the codes of a dictionary by their lower-case texts: eight units at a time as one number, by
/// quicksort in three parts, of which the middle one goes on with the next eight (multikey quicksort,
/// J. Bentley and R. Sedgewick).
final class TextSort {
    private static final int UNITS = Long.BYTES;
    /// Longer common beginnings are left to comparing.
    private static final int DEPTH_MAX = 128;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private final Dictionary dictionary;
    private final int[] codes;
    private final long[] keys;
    /// Any pivots will do; the same each time.
    private final SplittableRandom random = new SplittableRandom(0);

    private TextSort(Dictionary dictionary, int size) {
        this.dictionary = dictionary;
        codes = new int[size];
        Arrays.setAll(codes, i -> i + 1);
        keys = new long[size];
    }

    static int[] sorted(Dictionary dictionary) {
        TextSort sort = new TextSort(dictionary, dictionary.size());
        sort.byUnits(0, sort.codes.length, 0);
        return sort.codes;
    }

    /// Sorts a run of texts that have the units before `depth` in common.
    private void byUnits(int from, int to, int depth) {
        for (int i = from; i < to; i++) {
            keys[i] = dictionary.units(codes[i], depth) ^ Long.MIN_VALUE;
        }
        byKeys(from, to, depth);
    }

    private void byKeys(int first, int end, int depth) {
        int from = first;
        int to = end;
        while (to - from > 1) {
            long pivot = keys[random.nextInt(from, to)];
            int low = from;
            int high = to;
            int at = from;
            while (at < high) {
                if (keys[at] < pivot) {
                    swap(at++, low++);
                } else if (keys[at] > pivot) {
                    swap(at, --high);
                } else {
                    at++;
                }
            }
            equal(low, high, pivot ^ Long.MIN_VALUE, depth);
            if (low - from < to - high) {
                byKeys(from, low, depth);
                from = high;
            } else {
                byKeys(high, to, depth);
                to = low;
            }
        }
    }

    /// A run with equal keys. They decide nothing further if a text ends there (0), or has a unit that
    /// does not fit a byte (255).
    private void equal(int from, int to, long key, int depth) {
        boolean isDecided = ((key - ONES) & ~key & HIGHS) != 0
                || ((~key - ONES) & key & HIGHS) != 0;
        if (to - from < 2) {
            return;
        }
        if (isDecided || depth >= DEPTH_MAX) {
            byComparing(from, to);
        } else {
            byUnits(from, to, depth + UNITS);
        }
    }

    private void byComparing(int from, int to) {
        int[] sorted = IntStream.range(from, to)
                .map(i -> codes[i])
                .boxed()
                .sorted(dictionary::compareIgnoringCase)
                .mapToInt(Integer::intValue)
                .toArray();
        System.arraycopy(sorted, 0, codes, from, sorted.length);
    }

    private void swap(int one, int other) {
        int code = codes[one];
        codes[one] = codes[other];
        codes[other] = code;
        long key = keys[one];
        keys[one] = keys[other];
        keys[other] = key;
    }
}
