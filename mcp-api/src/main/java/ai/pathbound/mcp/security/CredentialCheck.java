package ai.pathbound.mcp.security;

import ai.pathbound.mcp.caller.Credential;
import reactor.core.publisher.Mono;

/// Checks one kind of credential. Each kind (API key, access token) is one bean; the first that takes
/// the credential decides.
interface CredentialCheck {
    /// Whether this check is responsible for such a credential.
    boolean takes(Credential credential);

    /// Whether checking it now means a request to somebody else, which must not be had for nothing.
    boolean asksOthers(Credential credential);

    /// Checks the credential; never fails, trouble is a verdict as well.
    Mono<Verdict> check(Credential credential);
}
