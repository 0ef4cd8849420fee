package ai.pathbound.projector.columns.encoding;

import ai.pathbound.projector.columns.DamagedException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// What every stored value of the column store is wrapped in. The checksum covers all bytes before it;
/// CRC-32C finds every change of up to three bits and every burst of up to 32, so every damaged byte.
///
///     format(1) | form(1) | body | CRC-32C of all before (4)
final class Frame {
    static final byte FORMAT = 1;
    static final byte CODES = 1;
    static final byte LONGS = 2;
    static final byte SEGMENT = 3;
    static final byte DICTIONARY = 4;
    static final byte CHECKPOINT = 5;
    static final byte DEAD = 6;
    static final byte CODE_RUN = 7;
    static final byte PACKED = 8;
    private static final int HEAD_BYTES = 2;
    private static final int CHECKSUM_BYTES = 4;

    private Frame() {}

    static byte[] of(byte form, ByteWriter body) {
        int length = HEAD_BYTES + body.size();
        ByteBuffer framed = ByteBuffer.allocate(length + CHECKSUM_BYTES);
        framed.put(FORMAT).put(form);
        body.copyTo(framed);
        CRC32C checksum = new CRC32C();
        checksum.update(framed.array(), 0, length);
        return framed.putInt((int) checksum.getValue()).array();
    }

    /// The form of checked bytes.
    static byte form(byte[] bytes) {
        if (bytes.length < HEAD_BYTES + CHECKSUM_BYTES) {
            throw new DamagedException("only " + bytes.length + " bytes");
        }
        int length = bytes.length - CHECKSUM_BYTES;
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        if ((int) checksum.getValue() != ByteBuffer.wrap(bytes).getInt(length)) {
            throw new DamagedException("checksum does not match, " + bytes.length + " bytes");
        }
        if (bytes[0] != FORMAT) {
            throw new DamagedException("unknown format " + bytes[0]);
        }
        return bytes[1];
    }

    /// The body of checked bytes of the expected form.
    static ByteBuffer body(byte form, byte[] bytes) {
        byte found = form(bytes);
        if (found != form) {
            throw new DamagedException("form " + found + " where " + form + " belongs");
        }
        return body(bytes);
    }

    /// The body of bytes whose form is checked.
    static ByteBuffer body(byte[] bytes) {
        return ByteBuffer.wrap(bytes, HEAD_BYTES, bytes.length - HEAD_BYTES - CHECKSUM_BYTES);
    }

    static void checkEnd(ByteBuffer body) {
        if (body.hasRemaining()) {
            throw new DamagedException(body.remaining() + " bytes too many");
        }
    }
}
