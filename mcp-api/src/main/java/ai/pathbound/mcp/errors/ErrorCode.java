package ai.pathbound.mcp.errors;

import java.util.Locale;

/// Every code an error of a tool can carry. Codes are a contract: they are never renamed, and
/// `docs/errors.md` explains each.
public enum ErrorCode {
    /// This server's check of the arguments failed.
    INVALID_ARGUMENTS(Effect.NOTHING),
    /// The backend's check of the values failed.
    VALIDATION_FAILED(Effect.NOTHING),
    /// There is no such entity in the account.
    NOT_FOUND(Effect.NOTHING),
    /// E-mail address or domain are taken.
    DUPLICATE(Effect.NOTHING),
    /// The idempotency key came with other values before.
    IDEMPOTENCY_KEY_REUSED(Effect.NOTHING),
    /// The backend does not know the credential any longer.
    UNAUTHORIZED(Effect.NOTHING),
    /// The credential does not allow this.
    FORBIDDEN(Effect.NOTHING),
    /// The backend's limit for the credential is used up.
    RATE_LIMITED(Effect.NOTHING),
    /// The backend refused for a reason it does not explain.
    REFUSED(Effect.NOTHING),
    /// The backend cannot be reached.
    BACKEND_UNAVAILABLE(Effect.NOTHING),
    /// The backend was asked but gave no readable answer.
    OUTCOME_UNKNOWN(Effect.UNKNOWN),
    /// The call must be repeated with a confirmation.
    CONFIRMATION_REQUIRED(Effect.NOTHING),
    /// The user was asked and did not agree.
    DECLINED(Effect.NOTHING),
    /// This server has too much to do.
    OVERLOADED(Effect.NOTHING),
    /// The question needs more time or memory than one may.
    TOO_LARGE(Effect.NOTHING),
    /// The read model cannot answer yet.
    REBUILDING(Effect.NOTHING),
    /// The read model has stopped for good; its operator has to act.
    STOPPED(Effect.NOTHING),
    /// A defect of this server.
    INTERNAL(Effect.UNKNOWN);

    /// What an error says about the write it answers.
    public enum Effect {
        /// Nothing was written.
        NOTHING,
        /// It may have been written.
        UNKNOWN
    }

    private final Effect effect;

    ErrorCode(Effect effect) {
        this.effect = effect;
    }

    /// What the error says about the write it answers.
    public Effect effect() {
        return effect;
    }

    /// The code as clients see it, such as `not_found`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
