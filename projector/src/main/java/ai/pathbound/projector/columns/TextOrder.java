package ai.pathbound.projector.columns;

import java.util.Arrays;

/// Where the texts of a dictionary stand in the order of their lower-case forms, as numbers: unlike
/// numbers order as those texts do, equal ones say nothing. So rows are sorted by numbers, and only
/// few texts are ever compared.
///
/// Texts up to some code were sorted. One added later gets the number between its neighbours among
/// those, found by a binary search when somebody asks, and then kept. Numbers of two orders do not
/// compare: a question uses one from begin to end. Readers need no lock: whoever comes at the same
/// time finds out the same.
public final class TextOrder {
    private static final int LATER_MIN = 4096;
    private static final int LATER_SHARE = 4;

    private final Dictionary dictionary;
    /// By code: odd numbers, texts that differ in case only share one. 0 for "no text".
    private final int[] places;
    private final int[] sorted;
    /// By code after those: what was found out, 0 where nobody has asked. Even numbers between two
    /// texts, odd ones where the text was there but for its case.
    private volatile int[] later = new int[0];
    private volatile int foundUpTo;

    private TextOrder(Dictionary dictionary, int[] places, int[] sorted) {
        this.dictionary = dictionary;
        this.places = places;
        this.sorted = sorted;
        this.foundUpTo = sorted.length;
    }

    /// Sorts all texts there are.
    static TextOrder of(Dictionary dictionary) {
        int[] sorted = TextSort.sorted(dictionary);
        int[] places = new int[sorted.length + 1];
        for (int i = 0; i < sorted.length; i++) {
            boolean isSame = i > 0
                    && dictionary.compareIgnoringCase(sorted[i - 1], sorted[i]) == 0;
            places[sorted[i]] = isSame ? places[sorted[i - 1]] : placeOf(i);
        }
        return new TextOrder(dictionary, places, sorted);
    }

    private static int placeOf(int index) {
        return 2 * index + 3;
    }

    /// The number of a code; 0 for code 0.
    public int place(int code) {
        if (code < places.length) {
            return places[code];
        }
        int index = code - places.length;
        int[] known = later;
        int place = index < known.length ? known[index] : 0;
        return place != 0 ? place : keep(index, find(code));
    }

    /// The numbers of several codes.
    public void places(int[] codes, int count, long[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = place(codes[i]);
        }
    }

    private int find(int code) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (dictionary.compareIgnoringCase(sorted[middle], code) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean isSame = low < sorted.length
                && dictionary.compareIgnoringCase(sorted[low], code) == 0;
        return isSame ? places[sorted[low]] : placeOf(low) - 1;
    }

    private int keep(int index, int place) {
        if (index >= later.length) {
            grow(index + 1);
        }
        later[index] = place;
        return place;
    }

    private synchronized void grow(int length) {
        if (length > later.length) {
            later = Arrays.copyOf(later, Math.max(length, 2 * later.length));
        }
    }

    /// Whether so many texts came since that sorting anew pays.
    boolean isBehind(int size) {
        return size - sorted.length > Math.max(LATER_MIN, sorted.length / LATER_SHARE);
    }

    /// Whether `findUpTo` has something to do.
    boolean isMissing(int size) {
        return foundUpTo < size;
    }

    /// Finds the numbers of codes up to this one, so that no question has to.
    void findUpTo(int code) {
        for (int next = foundUpTo + 1; next <= code; next++) {
            place(next);
        }
        foundUpTo = Math.max(foundUpTo, code);
    }

    long retainedBytes() {
        return 64 + 4L * (places.length + sorted.length + later.length);
    }
}
