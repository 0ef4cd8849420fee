package ai.pathbound.mcp.backend;

import java.time.Duration;
import java.util.Set;

/// What the backend says about a credential.
public sealed interface AuthStatus {
    /// A good key and whom it belongs to.
    record Known(String tenant, String userId, Set<String> scopes) implements AuthStatus {
        public Known {
            scopes = Set.copyOf(scopes);
        }
    }

    /// Not a key, or not any longer.
    record Unknown() implements AuthStatus {}

    /// The user who made the key has not verified the e-mail address.
    record Unverified() implements AuthStatus {}

    /// A key that may not ask.
    record Forbidden() implements AuthStatus {}

    /// The backend did not answer, or not sensibly.
    record Unreachable(Duration retryAfter) implements AuthStatus {}
}
