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

    /// Tells the positions in `from` to `to` whose texts contain a needle.
    void find(Needle needle, int from, int to, IntConsumer hit);

    /// The first eight units of the lower-case text, for comparing as unsigned: unlike prefixes order
    /// as the lower-case texts do, equal ones say nothing.
    default long prefix(int at) {
        return prefixOf(text(at));
    }

    long retainedBytes();

    /// Units above 254 all become 255 and end the prefix: what follows may not decide before them.
    private static long prefixOf(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        long prefix = 0;
        int length = Math.min(8, lower.length());
        for (int i = 0; i < length; i++) {
            int unit = Math.min(lower.charAt(i), 255);
            prefix |= (long) unit << (56 - 8 * i);
            if (unit == 255) {
                break;
            }
        }
        return prefix;
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
