package ai.pathbound.projector;

/// The projector refuses to start; the message says why and what to do.
public final class CannotStartException extends RuntimeException {
    CannotStartException(String message) {
        super(message);
    }

    CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
