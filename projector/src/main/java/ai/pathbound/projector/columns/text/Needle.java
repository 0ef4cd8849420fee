package ai.pathbound.projector.columns.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A lower-case text to look for inside others, whatever their case.
///
/// ASCII is searched eight bytes at a time for places where the first and the last byte fit
/// ("SIMD-friendly algorithms for substring searching", W. Muła); only there the bytes between are
/// compared.
public final class Needle {
    private static final VarHandle LONGS = MethodHandles
            .byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private final String lower;
    private final byte[] bytes;
    private final byte[] folds;

    /// @param lower what to look for, in lower case
    public Needle(String lower) {
        this.lower = lower;
        bytes = lower.getBytes(StandardCharsets.ISO_8859_1);
        folds = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            // With this bit set, both cases of a letter are the small one.
            folds[i] = (byte) (bytes[i] >= 'a' && bytes[i] <= 'z' ? 0x20 : 0);
        }
    }

    boolean isEmpty() {
        return lower.isEmpty();
    }

    /// Whether it can be in a text of ASCII.
    boolean isAscii() {
        return Ascii.is(lower);
    }

    int length() {
        return lower.length();
    }

    public boolean isIn(String text) {
        return text.toLowerCase(Locale.ROOT).contains(lower);
    }

    /// Where it is next, at or after `from` and wholly before `to`; -1 if nowhere. Only for a needle of
    /// ASCII that is not empty.
    int next(byte[] text, int from, int to) {
        int span = bytes.length - 1;
        int at = from;
        long first = bytes[0] * ONES;
        long firstFold = folds[0] * ONES;
        long last = bytes[span] * ONES;
        long lastFold = folds[span] * ONES;
        for (; at + span + Long.BYTES <= to; at += Long.BYTES) {
            long left = ((long) LONGS.get(text, at) | firstFold) ^ first;
            long right = ((long) LONGS.get(text, at + span) | lastFold) ^ last;
            long differs = left | right;
            // The high bit of each byte that is zero; a borrow may add some, which are looked at in vain.
            long hits = (differs - ONES) & ~differs & HIGHS;
            while (hits != 0) {
                int hit = at + (Long.numberOfTrailingZeros(hits) >>> 3);
                if (isAt(text, hit)) {
                    return hit;
                }
                hits &= hits - 1;
            }
        }
        for (; at + span < to; at++) {
            if (isAt(text, at)) {
                return at;
            }
        }
        return -1;
    }

    private boolean isAt(byte[] text, int at) {
        for (int i = 0; i < bytes.length; i++) {
            if ((text[at + i] | folds[i]) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
