package ai.pathbound.projector.columns.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Texts one after the other in an array of bytes: ASCII in a byte a unit, others in two.
///
/// Texts beyond a bound of bytes, which only very long ones reach, are kept as objects: places in the
/// array are ints.
///
/// One writer appends; a reader that has been told of a text afterwards may read it without a lock, since
/// bytes written are not written again and arrays are only replaced by longer ones. These are volatile:
/// a reader may meet a longer array than the one it was told of, and has to find its content there.
public final class PlainPage implements TextPage {
    private static final int BYTES_MAX = 1 << 30;
    private static final byte[] NO_BYTES = {};

    private final int bytesMax;
    private volatile byte[] bytes;
    private volatile int[] ends;
    private volatile long @Nullable [] wide;
    /// Texts beyond the bound, each marked as wide.
    private volatile @Nullable String @Nullable [] beyond;
    private int size;

    public PlainPage() {
        this(BYTES_MAX);
    }

    PlainPage(int bytesMax) {
        this.bytesMax = bytesMax;
        bytes = new byte[64];
        ends = new int[8];
    }

    private PlainPage(PlainPage of, byte[] bytes, int[] ends, long @Nullable [] wide, int size) {
        this.bytesMax = of.bytesMax;
        this.beyond = of.beyond;
        this.bytes = bytes;
        this.ends = ends;
        this.wide = wide;
        this.size = size;
    }

    /// How many texts there are; for the writer.
    public int size() {
        return size;
    }

    /// Appends a text. Only the writer may call this.
    public void add(String text) {
        boolean isAscii = Ascii.is(text);
        long length = isAscii ? text.length() : 2L * text.length();
        boolean isBeyond = start(size) + length > bytesMax;
        byte[] added = isBeyond
                ? NO_BYTES
                : isAscii ? text.getBytes(StandardCharsets.ISO_8859_1) : units(text);
        if (isBeyond) {
            @Nullable
            String @Nullable [] before = beyond;
            @Nullable
            String[] texts = before == null ? new @Nullable String[ENTRIES] : before;
            texts[size] = text;
            beyond = texts;
        }
        if (!isAscii || isBeyond) {
            long[] before = wide;
            long[] flags = before == null ? new long[ENTRIES >> 6] : before;
            flags[size >> 6] |= 1L << size;
            wide = flags;
        }
        int start = start(size);
        int end = Math.addExact(start, added.length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, (int) Math.min(1 << 30, bytes.length * 2L)));
        }
        System.arraycopy(added, 0, bytes, start, added.length);
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, Math.min(ENTRIES, size * 2));
        }
        ends[size++] = end;
    }

    /// Unit by unit: a charset would lose halves of surrogate pairs.
    private static byte[] units(String text) {
        byte[] units = new byte[text.length() * 2];
        for (int i = 0; i < text.length(); i++) {
            units[2 * i] = (byte) (text.charAt(i) >> 8);
            units[2 * i + 1] = (byte) text.charAt(i);
        }
        return units;
    }

    /// The same texts in as little memory as they need; nothing may be appended.
    ///
    /// @param before the page before, which is likely to look the same; or this one
    public TextPage sealed(TextPage before) {
        RadixPage packed = wide == null ? RadixPage.of(this, before) : null;
        // Reading and searching numbers is slower, so it has to be worth it.
        if (packed != null && 2 * packed.retainedBytes() <= start(size) + 4L * size) {
            return packed;
        }
        return new PlainPage(this, Arrays.copyOf(bytes, start(size)), Arrays.copyOf(ends, size),
                wide,
                size);
    }

    private int start(int at) {
        return at == 0 ? 0 : ends[at - 1];
    }

    boolean isAscii(int at) {
        long[] flags = wide;
        return flags == null || (flags[at >> 6] & (1L << at)) == 0;
    }

    private @Nullable String beyond(int at) {
        @Nullable
        String @Nullable [] texts = beyond;
        return texts == null ? null : texts[at];
    }

    int length(int at) {
        return ends[at] - start(at);
    }

    byte unit(int at, int index) {
        return bytes[start(at) + index];
    }

    @Override
    public String text(int at) {
        byte[] from = bytes;
        int start = start(at);
        int length = ends[at] - start;
        if (isAscii(at)) {
            return new String(from, start, length, StandardCharsets.ISO_8859_1);
        }
        String other = beyond(at);
        if (other != null) {
            return other;
        }
        char[] units = new char[length / 2];
        for (int i = 0; i < units.length; i++) {
            units[i] = (char) (from[start + 2 * i] << 8 | (from[start + 2 * i + 1] & 0xFF));
        }
        return new String(units);
    }

    @Override
    public boolean is(int at, String text) {
        byte[] from = bytes;
        int start = start(at);
        int length = ends[at] - start;
        if (!isAscii(at)) {
            String other = beyond(at);
            return other != null
                    ? other.equals(text)
                    : length == 2 * text.length() && text(at).equals(text);
        }
        if (length != text.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (from[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long hash(int at) {
        if (!isAscii(at)) {
            return TextIndex.hash(text(at));
        }
        byte[] from = bytes;
        int end = ends[at];
        long sum = 0;
        for (int i = start(at); i < end; i++) {
            sum = sum * TextIndex.BASE + Ascii.lower(from[i]);
        }
        return TextIndex.mixed(sum);
    }

    @Override
    public long units(int at, int from) {
        if (!isAscii(at)) {
            return TextPage.super.units(at, from);
        }
        byte[] all = bytes;
        int start = start(at) + from;
        int length = Math.min(8, ends[at] - start);
        long units = 0;
        for (int i = 0; i < length; i++) {
            units |= (long) Ascii.lower(all[start + i]) << (56 - 8 * i);
        }
        return units;
    }

    @Override
    public void find(Needle needle, int from, int to, IntConsumer hit) {
        if (needle.isEmpty()) {
            for (int at = from; at < to; at++) {
                hit.accept(at);
            }
            return;
        }
        if (needle.isAscii() && from < to) {
            findAscii(needle, from, to, hit);
        }
        for (int at = from; at < to && wide != null; at++) {
            if (!isAscii(at) && needle.isIn(text(at))) {
                hit.accept(at);
            }
        }
    }

    /// Goes over the bytes as if they were one text; a hit counts if it lies inside one of them.
    private void findAscii(Needle needle, int from, int to, IntConsumer hit) {
        byte[] all = bytes;
        int[] allEnds = ends;
        int limit = allEnds[to - 1];
        int at = from;
        int place = needle.next(all, start(from), limit);
        while (place >= 0) {
            while (allEnds[at] <= place) {
                at++;
            }
            int next = place + 1;
            if (isAscii(at) && place + needle.length() <= allEnds[at]) {
                hit.accept(at);
                next = allEnds[at];
            }
            place = needle.next(all, next, limit);
        }
    }

    static int compareIgnoringCase(PlainPage one, int at, PlainPage other, int otherAt) {
        int left = one.start(at);
        int right = other.start(otherAt);
        int leftLength = one.ends[at] - left;
        int rightLength = other.ends[otherAt] - right;
        byte[] ours = one.bytes;
        byte[] theirs = other.bytes;
        int common = Math.min(leftLength, rightLength);
        for (int i = 0; i < common; i++) {
            int order = Ascii.lower(ours[left + i]) - Ascii.lower(theirs[right + i]);
            if (order != 0) {
                return order;
            }
        }
        return leftLength - rightLength;
    }

    @Override
    public long retainedBytes() {
        long[] flags = wide;
        long all = 88 + bytes.length + 4L * ends.length + (flags == null ? 0 : 8L * flags.length);
        for (int at = 0; beyond != null && at < ENTRIES; at++) {
            String text = beyond(at);
            all += 4 + (text == null ? 0 : 48 + 2L * text.length());
        }
        return all;
    }
}
