package ai.pathbound.mcp.security;

import ai.pathbound.mcp.caller.Caller;
import java.time.Duration;

/// What came of checking a credential.
public sealed interface Verdict {
    /// The credential is good.
    record Accepted(Caller caller) implements Verdict {}

    /// The credential is unknown, expired or revoked.
    record Rejected() implements Verdict {}

    /// The credential is genuine but its user must verify the e-mail address first.
    record Unverified() implements Verdict {}

    /// The credential is genuine but may not be used at all.
    record Forbidden() implements Verdict {}

    /// Nobody can tell just now.
    record Unavailable(Duration retryAfter) implements Verdict {}
}
