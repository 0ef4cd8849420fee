package ai.pathbound.projector.columns.query;

/// A question was given up: its deadline passed or the caller cancelled it. There is no part answer.
public final class AbandonedException extends RuntimeException {
    AbandonedException(String message) {
        super(message);
    }
}
