package ai.pathbound.mcp.security;

import ai.pathbound.mcp.caller.Caller;
import java.time.Duration;

/// What came of checking a credential.
sealed interface Verdict {
    /// The credential is good.
    record Accepted(Caller caller) implements Verdict {}

    /// The request gets no further.
    sealed interface Refusal extends Verdict {}

    /// The credential is unknown, expired or revoked.
    record Rejected() implements Refusal {}

    /// The credential is genuine but its user must verify the e-mail address first.
    record Unverified() implements Refusal {}

    /// The credential is genuine but may not be used at all.
    record Forbidden() implements Refusal {}

    /// Nobody can tell just now.
    record Unavailable(Duration retryAfter) implements Refusal {}
}
