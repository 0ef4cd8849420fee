package ai.pathbound.sandbox.store;

import java.nio.ByteBuffer;

/// One record that waits to be published.
///
/// @param seq position in the order of commits
public record OutboxRow(long seq, String topic, ByteBuffer key, ByteBuffer value) {
    public byte[] keyBytes() {
        return bytes(key);
    }

    public byte[] valueBytes() {
        return bytes(value);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }
}
