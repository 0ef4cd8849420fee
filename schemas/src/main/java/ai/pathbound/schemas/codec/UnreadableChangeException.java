package ai.pathbound.schemas.codec;

/// Bytes that are not a change record of a published schema version.
public final class UnreadableChangeException extends Exception {
    UnreadableChangeException(String reason, byte[] bytes) {
        super(message(reason, bytes));
    }

    UnreadableChangeException(String reason, byte[] bytes, Throwable cause) {
        super(message(reason, bytes), cause);
    }

    private static String message(String reason, byte[] bytes) {
        return reason + " (" + bytes.length + " bytes)";
    }
}
