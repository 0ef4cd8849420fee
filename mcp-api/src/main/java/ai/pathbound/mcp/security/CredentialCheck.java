package ai.pathbound.mcp.security;

import ai.pathbound.mcp.caller.Credential;
import reactor.core.publisher.Mono;

/// Checks one kind of credential. Each kind (API key, later access token) is one bean; the first that
/// takes the credential decides.
public interface CredentialCheck {
    /// Whether this check is responsible for such a credential.
    boolean takes(Credential credential);

    /// Checks the credential; never fails, trouble is a verdict as well.
    Mono<Verdict> check(Credential credential);
}
