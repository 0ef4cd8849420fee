package ai.pathbound.projector.columns;

import ai.pathbound.projector.columns.text.TextPage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// The sort prefixes of a dictionary's entries, as far as somebody has sorted by them. Readers fill it
/// without a lock: whoever comes at the same time finds out the same.
final class TextPrefixes {
    /// Not torn, and no more: a reader that misses another's work does it again.
    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

    private volatile long[][] pages = new long[0][];

    /// The prefix of a code; 0 if it is not known.
    long of(int code) {
        long[][] known = pages;
        int page = (code - 1) >> TextPage.BITS;
        return page < known.length
                ? (long) CELLS.getOpaque(known[page], (code - 1) & (TextPage.ENTRIES - 1))
                : 0;
    }

    /// The prefixes of several codes, as far as they are known.
    void of(int[] codes, int count, long[] out) {
        long[][] known = pages;
        for (int i = 0; i < count; i++) {
            int page = (codes[i] - 1) >> TextPage.BITS;
            out[i] = codes[i] != 0 && page < known.length
                    ? (long) CELLS.getOpaque(known[page], (codes[i] - 1) & (TextPage.ENTRIES - 1))
                    : 0;
        }
    }

    /// Remembers a prefix and returns it.
    long put(int code, long prefix) {
        int page = (code - 1) >> TextPage.BITS;
        if (page >= pages.length) {
            grow(page + 1);
        }
        CELLS.setOpaque(pages[page], (code - 1) & (TextPage.ENTRIES - 1), prefix);
        return prefix;
    }

    private synchronized void grow(int length) {
        long[][] more = Arrays.copyOf(pages, Math.max(length, pages.length));
        for (int page = pages.length; page < more.length; page++) {
            more[page] = new long[TextPage.ENTRIES];
        }
        pages = more;
    }

    long retainedBytes() {
        return 16L + 8L * TextPage.ENTRIES * pages.length;
    }
}
