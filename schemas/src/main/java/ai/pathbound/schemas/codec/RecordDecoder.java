package ai.pathbound.schemas.codec;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/// Reads Avro's binary encoding (https://avro.apache.org/docs/1.12.0/specification/#binary-encoding) out
/// of one array. Every claimed length is held against what is left before anything is made of it.
///
/// Avro's own decoder reads from streams as well, which costs a check and a copy for each value, and it
/// makes every text anew.
final class RecordDecoder extends Decoder {
    private static final int VARINT_INT_BITS = 35;
    private static final int VARINT_LONG_BITS = 70;
    private static final VarHandle LONGS = MethodHandles
            .byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles
            .byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final @Nullable RecentTexts recent;
    private int at;

    /// @param from where the body begins
    /// @param recent makes the texts, if they are to be remembered
    RecordDecoder(byte[] bytes, int from, @Nullable RecentTexts recent) {
        this.bytes = bytes;
        this.at = from;
        this.recent = recent;
    }

    boolean isEnd() {
        return at == bytes.length;
    }

    @Override
    public int remainingBytes() {
        return bytes.length - at;
    }

    /// Moves on; returns where it was.
    private int taken(long count) throws EOFException {
        if (count < 0 || count > bytes.length - at) {
            throw new EOFException(count + " bytes are claimed, " + remainingBytes() + " are left");
        }
        int from = at;
        at += (int) count;
        return from;
    }

    @Override
    public void readNull() {
        // Takes no bytes.
    }

    @Override
    public boolean readBoolean() throws IOException {
        return bytes[taken(1)] == 1;
    }

    @Override
    public int readInt() throws IOException {
        int value = 0;
        for (int shift = 0; shift < VARINT_INT_BITS; shift += 7) {
            byte next = bytes[taken(1)];
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new IOException("an int of more than five bytes");
    }

    @Override
    public long readLong() throws IOException {
        long value = 0;
        for (int shift = 0; shift < VARINT_LONG_BITS; shift += 7) {
            byte next = bytes[taken(1)];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new IOException("a long of more than ten bytes");
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat((int) INTS.get(bytes, taken(Integer.BYTES)));
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble((long) LONGS.get(bytes, taken(Long.BYTES)));
    }

    @Override
    public String readString() throws IOException {
        long length = readLong();
        int from = taken(length);
        return recent == null
                ? new String(bytes, from, (int) length, StandardCharsets.UTF_8)
                : recent.of(bytes, from, (int) length);
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public void skipString() throws IOException {
        skipBytes();
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        long length = readLong();
        int from = taken(length);
        return ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, from + (int) length));
    }

    @Override
    public void skipBytes() throws IOException {
        taken(readLong());
    }

    @Override
    public void readFixed(byte[] to, int start, int length) throws IOException {
        System.arraycopy(bytes, taken(length), to, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        taken(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    /// How many items follow. Each item of our lists and maps takes a byte at least.
    private long items() throws IOException {
        long count = readLong();
        if (count < 0) {
            // The size of the block in bytes, for those who skip it.
            readLong();
            count = -count;
        }
        if (count < 0 || count > remainingBytes()) {
            throw new EOFException(count + " items are claimed, " + remainingBytes()
                    + " bytes are left");
        }
        return count;
    }

    @Override
    public long readArrayStart() throws IOException {
        return items();
    }

    @Override
    public long arrayNext() throws IOException {
        return items();
    }

    /// Passes over blocks that say how long they are; returns the items of one that does not.
    @Override
    public long skipArray() throws IOException {
        long count = readLong();
        while (count < 0) {
            taken(readLong());
            count = readLong();
        }
        return count;
    }

    @Override
    public long readMapStart() throws IOException {
        return items();
    }

    @Override
    public long mapNext() throws IOException {
        return items();
    }

    @Override
    public long skipMap() throws IOException {
        return skipArray();
    }
}
