package ai.pathbound.projector.columns.text;

import java.util.Locale;
import java.util.function.IntConsumer;

/// Neighbouring texts of a dictionary, by their position in the page.
public sealed interface TextPage permits PlainPage, RadixPage {
    int BITS = 12;
    /// Texts in a full page.
    int ENTRIES = 1 << BITS;

    String text(int at);

    /// Whether this is the text there.
    boolean is(int at, String text);

    /// The [hash][TextIndex#hash] of the text there.
    long hash(int at);

    /// Tells the positions in `from` to `to` whose texts contain a needle.
    void find(Needle needle, int from, int to, IntConsumer hit);

    /// Eight units of the lower-case text from a place on, for comparing as unsigned: texts alike before
    /// that place order as their units do, unless those are equal. Units it has not are 0; those above
    /// 254 all become 255 and end it, as what follows may not decide before them.
    default long units(int at, int from) {
        return unitsOf(text(at).toLowerCase(Locale.ROOT), from);
    }

    long retainedBytes();

    private static long unitsOf(String lower, int from) {
        long units = 0;
        int length = Math.min(8, lower.length() - from);
        for (int i = 0; i < length; i++) {
            int unit = Math.min(lower.charAt(from + i), 255);
            units |= (long) unit << (56 - 8 * i);
            if (unit == 255) {
                break;
            }
        }
        return units;
    }

    /// Orders two texts of any pages as their lower-case units do.
    static int compareIgnoringCase(TextPage one, int at, TextPage other, int otherAt) {
        if (one instanceof PlainPage left && other instanceof PlainPage right && left.isAscii(at)
                && right.isAscii(otherAt)) {
            return PlainPage.compareIgnoringCase(left, at, right, otherAt);
        }
        return one.text(at)
                .toLowerCase(Locale.ROOT)
                .compareTo(other.text(otherAt).toLowerCase(Locale.ROOT));
    }

    /// Orders two texts of any pages, unit by unit.
    static int compare(TextPage one, int at, TextPage other, int otherAt) {
        return one instanceof RadixPage left && other instanceof RadixPage right
                && left.isLike(right)
                        ? RadixPage.compare(left, at, right, otherAt)
                        : one.text(at).compareTo(other.text(otherAt));
    }
}
