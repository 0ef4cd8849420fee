package ai.pathbound.projector.query;

import java.nio.charset.StandardCharsets;

/// A rendered JSON object as UTF-8 bytes, carried from the store to the socket without being parsed
/// again.
public final class Json {
    private final byte[] utf8;

    /// Takes ownership: the caller must not touch the array afterwards.
    public Json(byte[] utf8) {
        this.utf8 = utf8;
    }

    /// The bytes themselves, not a copy; readers must not change them.
    public byte[] utf8() {
        return utf8;
    }

    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
