package ai.pathbound.projector.columns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Texts and their codes 1, 2, 3, …; code 0 is "no text". Append-only, one writer, many readers: an
/// entry, once published by the volatile size, never changes, so readers need no lock. Tables that
/// share a dictionary join by code.
public final class Dictionary {
    private static final int PAGE_BITS = 12;
    private static final int PAGE_ENTRIES = 1 << PAGE_BITS;

    private volatile @Nullable String[][] texts = new @Nullable String[0][];
    private volatile long[][] prefixes = new long[0][];
    private volatile int[] slots = new int[64];
    private volatile int size;
    private long retainedBytes;

    /// The largest code; every code from 1 on has a text.
    public int size() {
        return size;
    }

    public String text(int code) {
        if (code < 1 || code > size) {
            throw new IndexOutOfBoundsException("code " + code + " of " + size);
        }
        String text = texts[(code - 1) >> PAGE_BITS][(code - 1) & (PAGE_ENTRIES - 1)];
        if (text == null) {
            throw new IllegalStateException("code " + code + " has no text");
        }
        return text;
    }

    /// The first eight units of the lower-case text, for comparing as unsigned: unlike prefixes order
    /// as the lower-case texts do, equal ones say nothing.
    public long prefix(int code) {
        return prefixes[(code - 1) >> PAGE_BITS][(code - 1) & (PAGE_ENTRIES - 1)];
    }

    /// The code of a text, 0 if it has none yet.
    public int find(String text) {
        int[] table = slots;
        int mask = table.length - 1;
        int last = size;
        for (int slot = hash(text) & mask; table[slot] != 0; slot = (slot + 1) & mask) {
            int code = table[slot];
            // A slot the writer filled meanwhile may point at an entry not yet published.
            if (code <= last && text.equals(text(code))) {
                return code;
            }
        }
        return 0;
    }

    /// The code of a text, appended if it is new. Only the writer may call this.
    public int add(String text) {
        int found = find(text);
        if (found != 0) {
            return found;
        }
        int code = size + 1;
        int page = (code - 1) >> PAGE_BITS;
        int at = (code - 1) & (PAGE_ENTRIES - 1);
        if (page == texts.length) {
            @Nullable
            String[][] moreTexts = Arrays.copyOf(texts, page + 1);
            moreTexts[page] = new @Nullable String[PAGE_ENTRIES];
            texts = moreTexts;
            long[][] morePrefixes = Arrays.copyOf(prefixes, page + 1);
            morePrefixes[page] = new long[PAGE_ENTRIES];
            prefixes = morePrefixes;
        }
        texts[page][at] = text;
        prefixes[page][at] = prefixOf(text);
        insert(text, code);
        retainedBytes += 64 + text.length();
        size = code;
        return code;
    }

    private void insert(String text, int code) {
        int[] table = slots;
        if (2 * code > table.length) {
            int[] grown = new int[table.length * 2];
            for (int old = 1; old < code; old++) {
                put(grown, hash(text(old)), old);
            }
            put(grown, hash(text), code);
            slots = grown;
        } else {
            put(table, hash(text), code);
        }
    }

    private static void put(int[] table, int hash, int code) {
        int mask = table.length - 1;
        int slot = hash & mask;
        while (table[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        table[slot] = code;
    }

    private static int hash(String text) {
        int hash = text.hashCode() * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    /// Units above 254 all become 255 and end the prefix: what follows may not decide before them.
    public static long prefixOf(String text) {
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

    /// The texts of the codes after `after`: what has to be stored since the last time.
    public List<String> textsAfter(int after) {
        int last = size;
        List<String> entries = new ArrayList<>(last - after);
        for (int code = after + 1; code <= last; code++) {
            entries.add(text(code));
        }
        return entries;
    }

    /// Puts stored texts back; they must follow the last code. Only the writer may call this.
    public void restore(int firstCode, List<String> entries) {
        if (firstCode != size + 1) {
            throw new IllegalArgumentException(
                    "dictionary entries must continue at " + (size + 1) + ": " + firstCode);
        }
        for (String text : entries) {
            int before = size;
            if (add(text) != before + 1) {
                throw new IllegalArgumentException("dictionary entry twice: code " + (before + 1));
            }
        }
    }

    /// About how much memory the entries take: text objects, prefixes, hash slots.
    public long retainedBytes() {
        return retainedBytes + 4L * slots.length + 8L * PAGE_ENTRIES * prefixes.length
                + 4L * PAGE_ENTRIES * texts.length;
    }
}
