package ai.pathbound.schemas.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Texts that were read lately: one that comes again and again is the same object each time, neither
/// made nor hashed anew, and quick to compare. Ids that come once take nobody's place, since a text is
/// kept the second time it is seen.
///
/// Not safe for several threads.
public final class RecentTexts {
    private static final int SLOTS = 2048;
    private static final int BYTES_MAX = 128;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;
    private static final VarHandle LONGS = MethodHandles
            .byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long[] seen = new long[SLOTS];
    private final byte[] @Nullable [] bytes = new byte[SLOTS] @Nullable [];
    private final @Nullable String[] texts = new @Nullable String[SLOTS];

    /// The text of these bytes.
    String of(byte[] from, int at, int length) {
        if (length > BYTES_MAX) {
            return new String(from, at, length, StandardCharsets.UTF_8);
        }
        long hash = hash(from, at, length);
        int slot = (int) (hash >>> 32) & (SLOTS - 1);
        String known = texts[slot];
        byte[] there = bytes[slot];
        if (known != null && there != null
                && Arrays.equals(there, 0, there.length, from, at, at + length)) {
            return known;
        }
        String text = new String(from, at, length, StandardCharsets.UTF_8);
        if (seen[slot] == hash) {
            bytes[slot] = Arrays.copyOfRange(from, at, at + length);
            texts[slot] = text;
        }
        seen[slot] = hash;
        return text;
    }

    /// Of length, beginning, middle and end: enough to tell texts apart that differ at all, and
    /// those it does not only take each other's place.
    private static long hash(byte[] from, int at, int length) {
        long hash = length;
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                hash = hash << 8 ^ from[at + i];
            }
            return mixed(hash);
        }
        hash = mixed(hash ^ (long) LONGS.get(from, at));
        hash = mixed(hash ^ (long) LONGS.get(from, at + (length - Long.BYTES) / 2));
        return mixed(hash ^ (long) LONGS.get(from, at + length - Long.BYTES));
    }

    private static long mixed(long hash) {
        long product = hash * FACTOR;
        return product ^ product >>> 29;
    }
}
