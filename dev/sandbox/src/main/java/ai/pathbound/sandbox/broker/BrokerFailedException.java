package ai.pathbound.sandbox.broker;

/// The broker cannot be had; the message is fit to be shown to the user as it is.
public final class BrokerFailedException extends RuntimeException {

    BrokerFailedException(String message) {
        super(message);
    }

    BrokerFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
