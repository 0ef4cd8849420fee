package ai.pathbound.projector.columns;

import ai.pathbound.projector.columns.text.Needle;
import ai.pathbound.projector.columns.text.PlainPage;
import ai.pathbound.projector.columns.text.TextIndex;
import ai.pathbound.projector.columns.text.TextPage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Texts and their codes 1, 2, 3, …; code 0 is "no text". Append-only, one writer, many readers: an
/// entry, once published by the volatile size, never changes, so readers need no lock. Tables that
/// share a dictionary join by code.
///
/// Texts lie in pages of bytes, not as objects: a full page of ids takes about eight bytes for each.
public final class Dictionary {
    private static final int RECENT = 64;
    private static final int RECENT_OF_MANY = 1024;

    private volatile TextPage[] pages = new TextPage[0];
    private volatile int size;
    private final TextIndex index = new TextIndex();
    private final AtomicBoolean ordering = new AtomicBoolean();
    private volatile @Nullable TextOrder order;
    /// The writer's last texts by their hash: most columns say the same again and again.
    private @Nullable String[] recentTexts = new @Nullable String[RECENT];
    private int[] recentHashes = new int[RECENT];
    private int[] recentCodes = new int[RECENT];

    /// The largest code; every code from 1 on has a text.
    public int size() {
        return size;
    }

    public String text(int code) {
        if (code < 1 || code > size) {
            throw new IndexOutOfBoundsException("code " + code + " of " + size);
        }
        return textOf(code);
    }

    private String textOf(int code) {
        return page(code).text(at(code));
    }

    private long hashOf(int code) {
        return page(code).hash(at(code));
    }

    private TextPage page(int code) {
        return pages[(code - 1) >> TextPage.BITS];
    }

    private static int at(int code) {
        return (code - 1) & (TextPage.ENTRIES - 1);
    }

    /// The eight units of the lower-case text from a place on, for comparing as unsigned.
    long units(int code, int from) {
        return page(code).units(at(code), from);
    }

    /// Where the texts stand in their order. The first call sorts them all; when many have come since,
    /// they are sorted anew in the background.
    public TextOrder order() {
        TextOrder known = order;
        if (known == null) {
            synchronized (ordering) {
                if (order == null) {
                    order = TextOrder.of(this);
                }
                return order;
            }
        }
        if (known.isBehind(size)) {
            keepOrdered();
        }
        return known;
    }

    /// If somebody has sorted by this dictionary: finds out, in the background, where the texts added
    /// since stand, so that no question has to.
    public void keepOrdered() {
        TextOrder known = order;
        if (known != null && known.isMissing(size) && ordering.compareAndSet(false, true)) {
            var _ = CompletableFuture.runAsync(() -> {
                try {
                    if (known.isBehind(size)) {
                        order = TextOrder.of(this);
                    } else {
                        known.findUpTo(size);
                    }
                } finally {
                    ordering.set(false);
                }
            });
        }
    }

    /// Orders two entries as their lower-case texts are.
    public int compareIgnoringCase(int one, int other) {
        return one == other
                ? 0
                : TextPage.compareIgnoringCase(page(one), at(one), page(other), at(other));
    }

    /// Orders two entries as their texts are, unit by unit.
    public int compare(int one, int other) {
        return one == other
                ? 0
                : TextPage.compare(page(one), at(one), page(other), at(other));
    }

    /// The code of a text, 0 if it has none yet.
    public int find(String text) {
        return find(text, TextIndex.hash(text), size);
    }

    private int find(String text, long hash, int last) {
        return index.find(hash, last, code -> page(code).is(at(code), text));
    }

    /// Tells the codes of all texts that are this one in lower case.
    public void findIgnoringCase(String text, IntConsumer found) {
        String lower = text.toLowerCase(Locale.ROOT);
        index.find(TextIndex.hash(lower), size, code -> {
            if (textOf(code).toLowerCase(Locale.ROOT).equals(lower)) {
                found.accept(code);
            }
            return false;
        });
    }

    /// Tells the codes after `after` up to `last` whose texts contain a needle, whatever their case.
    public void findContaining(Needle needle, int after, int last, IntConsumer found) {
        for (int next = after + 1; next <= last;) {
            int first = next;
            int end = Math.min(last, first - at(first) + TextPage.ENTRIES - 1);
            page(first).find(
                    needle,
                    at(first),
                    at(end) + 1,
                    at -> found.accept(first - at(first) + at));
            next = end + 1;
        }
    }

    /// The code of a text, appended if it is new. Only the writer may call this.
    public int add(String text) {
        int textHash = text.hashCode();
        int recent = textHash & (recentCodes.length - 1);
        // The hash first: it lies here, while texts are all over the memory.
        if (textHash == recentHashes[recent] && text.equals(recentTexts[recent])) {
            return recentCodes[recent];
        }
        long hash = TextIndex.hash(text);
        int found = find(text, hash, size);
        int code = found != 0 ? found : append(text, hash);
        if (size >= RECENT_OF_MANY && recentCodes.length < RECENT_OF_MANY) {
            recentTexts = new @Nullable String[RECENT_OF_MANY];
            recentHashes = new int[RECENT_OF_MANY];
            recentCodes = new int[RECENT_OF_MANY];
        }
        recent = textHash & (recentCodes.length - 1);
        recentTexts[recent] = text;
        recentHashes[recent] = textHash;
        recentCodes[recent] = code;
        return code;
    }

    private int append(String text, long hash) {
        int code = Math.addExact(size, 1);
        int number = (code - 1) >> TextPage.BITS;
        if (number == pages.length) {
            TextPage[] more = Arrays.copyOf(pages, number + 1);
            if (number > 0 && more[number - 1] instanceof PlainPage full) {
                more[number - 1] = full.sealed(number > 1 ? more[number - 2] : full);
            }
            more[number] = new PlainPage();
            pages = more;
        }
        if (pages[number] instanceof PlainPage open) {
            open.add(text);
        }
        index.add(hash, code, this::hashOf);
        size = code;
        return code;
    }

    /// The texts of the codes after `after`: what has to be stored since the last time.
    public List<String> textsAfter(int after) {
        int last = size;
        List<String> entries = new ArrayList<>(last - after);
        for (int code = after + 1; code <= last; code++) {
            entries.add(text(code));
        }
        return entries;
    }

    /// Makes room for so many entries, which makes it faster to put them back. Only the writer may call
    /// this.
    public void reserve(int entries) {
        index.reserve(entries, this::hashOf);
    }

    /// Puts stored texts back; they must follow the last code. Only the writer may call this.
    public void restore(int firstCode, List<String> entries) {
        if (firstCode != size + 1) {
            throw new IllegalArgumentException(
                    "dictionary entries must continue at " + (size + 1) + ": " + firstCode);
        }
        for (String text : entries) {
            long hash = TextIndex.hash(text);
            if (find(text, hash, size) != 0) {
                throw new IllegalArgumentException("dictionary entry twice: code " + (size + 1));
            }
            append(text, hash);
        }
    }

    /// Puts stored texts back, of which some may be here already: they must be the same. Only the writer
    /// may call this.
    public void restoreShared(int firstCode, List<String> entries) {
        int known = Math.clamp((long) size + 1 - firstCode, 0, entries.size());
        for (int i = 0; i < known; i++) {
            int code = firstCode + i;
            if (!page(code).is(at(code), entries.get(i))) {
                throw new IllegalArgumentException("another dictionary entry has code " + code);
            }
        }
        if (known < entries.size()) {
            restore(firstCode + known, entries.subList(known, entries.size()));
        }
    }

    /// About how much memory the entries take: pages, index, order.
    public long retainedBytes() {
        long bytes = 200 + 84L * Math.min(size, recentCodes.length) + index.retainedBytes()
                + (order == null ? 0 : order.retainedBytes());
        for (TextPage page : pages) {
            bytes += 8 + page.retainedBytes();
        }
        return bytes;
    }
}
