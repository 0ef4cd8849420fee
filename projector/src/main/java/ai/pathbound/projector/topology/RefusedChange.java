package ai.pathbound.projector.topology;

import ai.pathbound.schemas.change.DeadLetterReason;

/// A record that cannot be applied, now or later; it goes to the dead letters.
final class RefusedChange extends Exception {
    private final DeadLetterReason reason;

    RefusedChange(DeadLetterReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static RefusedChange of(DeadLetterReason reason, Exception cause) {
        String text = String.valueOf(cause.getMessage());
        return new RefusedChange(reason,
                text.length() <= 500 ? text : text.substring(0, 500) + "…");
    }

    DeadLetterReason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
