package ai.pathbound.mcp.caller;

import java.util.Set;

/// Who is calling. The tenant comes from the credential and from nowhere else.
///
/// @param credential sent on to the backend, so that it decides with the caller's own rights
public record Caller(String tenant, String userId, Set<String> scopes, Credential credential) {
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /// Whether the credential covers the scope.
    public boolean has(String scope) {
        return scopes.contains(scope);
    }
}
