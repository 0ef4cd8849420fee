package ai.pathbound.projector.columns.encoding;

import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.columns.block.Packed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Reads what `ByteWriter` wrote, after the checksum held; still believes no length.
final class ByteReader {
    private ByteReader() {}

    static int count(ByteBuffer in, int bytesEach) {
        int count = in.getInt();
        if (count < 0 || (long) count * bytesEach > in.remaining()) {
            throw new DamagedException(
                    "count " + count + " with " + in.remaining() + " bytes to come");
        }
        return count;
    }

    static String text(ByteBuffer in) {
        int length = in.getInt();
        if (length >= 0) {
            checkRemaining(in, length);
            byte[] utf8 = new byte[length];
            in.get(utf8);
            return new String(utf8, StandardCharsets.UTF_8);
        }
        int units = ~length;
        checkRemaining(in, 2L * units);
        StringBuilder text = new StringBuilder(units);
        for (int i = 0; i < units; i++) {
            text.append(in.getChar());
        }
        return text.toString();
    }

    private static void checkRemaining(ByteBuffer in, long bytes) {
        if (bytes > in.remaining()) {
            throw new DamagedException(
                    "length " + bytes + " with " + in.remaining() + " bytes to come");
        }
    }

    static Packed packed(ByteBuffer in, int size) {
        int width = in.get();
        if (width != 0 && width != 1 && width != 2 && width != 4 && width != 8) {
            throw new DamagedException("width " + width);
        }
        checkRemaining(in, (long) size * width);
        return Packed.readFrom(in, size, width);
    }
}
