package ai.pathbound.projector.columns.encoding;

import ai.pathbound.projector.columns.block.Packed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes being written, big-endian; grows.
final class ByteWriter {
    private ByteBuffer bytes = ByteBuffer.allocate(256);

    int size() {
        return bytes.position();
    }

    void copyTo(ByteBuffer out) {
        out.put(bytes.array(), 0, bytes.position());
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            int position = bytes.position();
            int capacity = Math.max(Math.addExact(position, more), bytes.capacity() * 2);
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), capacity)).position(position);
        }
        return bytes;
    }

    void putByte(int value) {
        room(1).put((byte) value);
    }

    void putInt(int value) {
        room(4).putInt(value);
    }

    void putLong(long value) {
        room(8).putLong(value);
    }

    /// A length, then UTF-8. Text that is no valid UTF-16 is written unit by unit, so that what was
    /// put in comes out.
    void putText(String text) {
        if (isValid(text)) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            putInt(utf8.length);
            room(utf8.length).put(utf8);
            return;
        }
        putInt(~text.length());
        for (int i = 0; i < text.length(); i++) {
            room(2).putChar(text.charAt(i));
        }
    }

    /// Whether no half of a surrogate pair stands alone.
    private static boolean isValid(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints()
                        .noneMatch(
                                point -> Character.getType(point) == Character.SURROGATE);
            }
        }
        return true;
    }

    /// A width, then the numbers.
    void putPacked(Packed packed) {
        putByte(packed.width());
        packed.writeTo(room(Math.multiplyExact(packed.size(), packed.width())));
    }
}
