package ai.pathbound.mcp.backend;

import ai.pathbound.mcp.caller.Credential;
import reactor.core.publisher.Mono;

/// The backend, as far as this server needs it. No call fails; trouble is a case of the outcome.
public interface Backend {
    /// Asks whose credential this is.
    Mono<AuthStatus> authStatus(Credential credential);

    /// Asks for a change, with the caller's own rights. After trouble it finds out, as far as can be,
    /// whether the change came about; nothing is ever created twice.
    Mono<WriteOutcome> write(Credential credential, Write write);
}
