package ai.pathbound.projector.columns;

/// Stored bytes of a table are not what was written. Never answer from them: drop the table's column
/// rows and build them again from the documents.
public final class DamagedException extends RuntimeException {
    public DamagedException(String message) {
        super(message);
    }

    public DamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
