package ai.pathbound.projector.columns;

import ai.pathbound.projector.columns.text.Needle;
import ai.pathbound.projector.columns.text.PlainPage;
import ai.pathbound.projector.columns.text.RadixPage;
import ai.pathbound.projector.columns.text.TextIndex;
import ai.pathbound.projector.columns.text.TextPage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Texts and their codes 1, 2, 3, …; code 0 is "no text". Append-only, one writer, many readers: an
/// entry, once published by the volatile size, never changes, so readers need no lock. Tables that
/// share a dictionary join by code.
///
/// Texts lie in pages of bytes, not as objects: a full page of ids takes about eight bytes for each.
public final class Dictionary {
    private static final AtomicLong LAST_ID = new AtomicLong();
    private static final int RECENT = 64;
    private static final int RECENT_OF_MANY = 1024;
    private static final int RECENT_CHARS_MAX = 1024;

    private final long id = LAST_ID.incrementAndGet();
    private volatile TextPage[] pages = new TextPage[0];
    private volatile int size;
    private final TextIndex index = new TextIndex();
    /// The last code that is in the index. Only while a table is being made are there more.
    private int indexed;
    private final AtomicBoolean ordering = new AtomicBoolean();
    private volatile @Nullable TextOrder order;
    /// The writer's last texts by their hash: most columns say the same again and again.
    private @Nullable String[] recentTexts = new @Nullable String[RECENT];
    private int[] recentHashes = new int[RECENT];
    private int[] recentCodes = new int[RECENT];

    /// Names this dictionary in this process, for caches, which must not keep it in memory.
    public long id() {
        return id;
    }

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

    /// The code of a text, 0 if it has none or is not in the index yet. Any thread may call this while the
    /// table is being made.
    int findKnown(String text) {
        return findKnown(text, TextIndex.hash(text), size);
    }

    private int findKnown(String text, long hash, int last) {
        return index.find(hash, last, code -> page(code).is(at(code), text));
    }

    private int find(String text, long hash, int last) {
        if (indexed < last) {
            index();
        }
        return findKnown(text, hash, last);
    }

    /// Tells the codes of all texts that are this one in lower case.
    public void findIgnoringCase(String text, IntConsumer found) {
        String lower = text.toLowerCase(Locale.ROOT);
        index();
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
        remember(text, textHash, code);
        return code;
    }

    private void remember(String text, int textHash, int code) {
        if (text.length() > RECENT_CHARS_MAX) {
            return;
        }
        int recent = textHash & (recentCodes.length - 1);
        recentTexts[recent] = text;
        recentHashes[recent] = textHash;
        recentCodes[recent] = code;
    }

    /// Appends a text that is known to be new; it is looked up neither now nor, if it is added again
    /// soon, then. Only the writer may call this, before anybody reads.
    public int addNew(String text) {
        int code = place(text);
        size = code;
        remember(text, text.hashCode(), code);
        return code;
    }

    private int append(String text, long hash) {
        int code = place(text);
        index.add(hash, code, this::hashOf);
        indexed = code;
        size = code;
        return code;
    }

    private int place(String text) {
        int code = Math.addExact(size, 1);
        int number = (code - 1) >> TextPage.BITS;
        if (number == pages.length) {
            append(new PlainPage());
        }
        if (pages[number] instanceof PlainPage open) {
            open.add(text);
        }
        return code;
    }

    private void append(TextPage page) {
        int number = pages.length;
        TextPage[] more = Arrays.copyOf(pages, number + 1);
        if (number > 0 && more[number - 1] instanceof PlainPage full) {
            more[number - 1] = full.sealed(number > 1 ? more[number - 2] : full);
        }
        more[number] = page;
        pages = more;
    }

    /// Puts what was appended unseen into the index. Found out by itself when somebody looks for a text;
    /// before anybody may read, the writer has to call this.
    ///
    /// @throws IllegalArgumentException if a text has two codes
    public void index() {
        int last = size;
        if (indexed < last) {
            index.addAll(indexed + 1, last, this::hashOf, (one, other) -> compare(one, other) == 0);
            indexed = last;
        }
    }

    /// The page of numbers that begins with a code, if there is one and it is full: it is stored as it
    /// is. Only the writer may call this.
    public Optional<RadixPage> packed(int firstCode) {
        boolean isFull = at(firstCode) == 0 && firstCode + TextPage.ENTRIES - 1 <= size;
        return isFull && page(firstCode) instanceof RadixPage packed
                ? Optional.of(packed)
                : Optional.empty();
    }

    /// The last code in the same page.
    public static int lastOfPage(int code) {
        return code - at(code) + TextPage.ENTRIES - 1;
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

    /// Puts stored texts back, which must follow the last code or, where a table that shares this
    /// dictionary has put them back before, be the same. They are to be [indexed][#index()] in the end.
    /// Only the writer may call this.
    public void restore(int firstCode, List<String> entries) {
        if (firstCode > size + 1) {
            throw new IllegalArgumentException(
                    "dictionary entries must continue at " + (size + 1) + ": " + firstCode);
        }
        int known = Math.min(size + 1 - firstCode, entries.size());
        for (int i = 0; i < known; i++) {
            int code = firstCode + i;
            if (!page(code).is(at(code), entries.get(i))) {
                throw otherEntry(code);
            }
        }
        for (String text : entries.subList(known, entries.size())) {
            size = place(text);
        }
    }

    /// Puts a stored page of numbers back, as [#restore(int, List)] does with texts.
    public void restore(int firstCode, RadixPage packed) {
        boolean isPlace = at(firstCode) == 0;
        if (isPlace && firstCode == size + 1) {
            append(pages.length > 0 && pages[pages.length - 1] instanceof RadixPage before
                    ? packed.after(before)
                    : packed);
            size = lastOfPage(firstCode);
        } else if (isPlace && firstCode + TextPage.ENTRIES - 1 <= size
                && page(firstCode) instanceof RadixPage known) {
            if (!known.hasTextsOf(packed)) {
                throw otherEntry(firstCode);
            }
        } else {
            restore(firstCode, packed.texts());
        }
    }

    private static IllegalArgumentException otherEntry(int code) {
        return new IllegalArgumentException("another dictionary entry has code " + code);
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
