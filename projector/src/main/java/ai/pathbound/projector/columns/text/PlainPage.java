package ai.pathbound.projector.columns.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Texts one after the other in an array of bytes: ASCII in a byte a unit, others in two.
///
/// One writer appends; whoever has been told of a text afterwards may read it without a lock, since
/// bytes written are not written again and arrays are only replaced by longer ones.
public final class PlainPage implements TextPage {
    private byte[] bytes;
    private int[] ends;
    private long @Nullable [] wide;
    private int size;

    public PlainPage() {
        bytes = new byte[64];
        ends = new int[8];
    }

    private PlainPage(byte[] bytes, int[] ends, long @Nullable [] wide, int size) {
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
        byte[] added = text
                .getBytes(isAscii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16BE);
        if (!isAscii) {
            added = units(text);
            long[] flags = wide == null ? new long[ENTRIES >> 6] : wide;
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
        return new PlainPage(Arrays.copyOf(bytes, start(size)), Arrays.copyOf(ends, size), wide,
                size);
    }

    private int start(int at) {
        return at == 0 ? 0 : ends[at - 1];
    }

    boolean isAscii(int at) {
        long[] flags = wide;
        return flags == null || (flags[at >> 6] & (1L << at)) == 0;
    }

    int length(int at) {
        return ends[at] - start(at);
    }

    byte unit(int at, int index) {
        return bytes[start(at) + index];
    }

    @Override
    public String text(int at) {
        int start = start(at);
        int length = ends[at] - start;
        if (isAscii(at)) {
            return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        }
        char[] units = new char[length / 2];
        for (int i = 0; i < units.length; i++) {
            units[i] = (char) (bytes[start + 2 * i] << 8 | (bytes[start + 2 * i + 1] & 0xFF));
        }
        return new String(units);
    }

    @Override
    public boolean is(int at, String text) {
        int start = start(at);
        int length = ends[at] - start;
        if (!isAscii(at)) {
            return length == 2 * text.length() && text(at).equals(text);
        }
        if (length != text.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[start + i] != text.charAt(i)) {
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
        long sum = 0;
        for (int i = start(at); i < ends[at]; i++) {
            sum = sum * TextIndex.BASE + Ascii.lower(bytes[i]);
        }
        return TextIndex.mixed(sum);
    }

    @Override
    public long units(int at, int from) {
        if (!isAscii(at)) {
            return TextPage.super.units(at, from);
        }
        int start = start(at) + from;
        int length = Math.min(8, ends[at] - start);
        long units = 0;
        for (int i = 0; i < length; i++) {
            units |= (long) Ascii.lower(bytes[start + i]) << (56 - 8 * i);
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
        int limit = ends[to - 1];
        int at = from;
        int place = needle.next(bytes, start(from), limit);
        while (place >= 0) {
            while (ends[at] <= place) {
                at++;
            }
            int next = place + 1;
            if (isAscii(at) && place + needle.length() <= ends[at]) {
                hit.accept(at);
                next = ends[at];
            }
            place = needle.next(bytes, next, limit);
        }
    }

    static int compareIgnoringCase(PlainPage one, int at, PlainPage other, int otherAt) {
        int left = one.start(at);
        int right = other.start(otherAt);
        int leftLength = one.ends[at] - left;
        int rightLength = other.ends[otherAt] - right;
        int common = Math.min(leftLength, rightLength);
        for (int i = 0; i < common; i++) {
            int order = Ascii.lower(one.bytes[left + i]) - Ascii.lower(other.bytes[right + i]);
            if (order != 0) {
                return order;
            }
        }
        return leftLength - rightLength;
    }

    @Override
    public long retainedBytes() {
        return 72 + bytes.length + 4L * ends.length + (wide == null ? 0 : 8L * wide.length);
    }
}
