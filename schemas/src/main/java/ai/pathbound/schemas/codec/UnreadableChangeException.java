package ai.pathbound.schemas.codec;

/// Bytes that are not a change record of a published schema version.
public final class UnreadableChangeException extends Exception {
    private static final int MARKER_BYTES = 2;

    UnreadableChangeException(byte[] bytes, Throwable cause) {
        super(reason(bytes, cause), cause);
    }

    private static String reason(byte[] bytes, Throwable cause) {
        boolean marked = bytes.length > MARKER_BYTES && bytes[0] == (byte) 0xC3 && bytes[1] == 0x01;
        return (marked ? "cannot be decoded" : "not Avro single-object encoding") + ", "
                + bytes.length + " bytes: " + cause.getMessage();
    }
}
