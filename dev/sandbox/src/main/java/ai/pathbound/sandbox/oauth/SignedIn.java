package ai.pathbound.sandbox.oauth;

import java.util.Set;

/// Who an access token speaks for.
///
/// @param scopes what was granted to the client, at most what the user may do
public record SignedIn(DemoUser user, Set<String> scopes) {
    public SignedIn {
        scopes = Set.copyOf(scopes);
    }
}
