package ai.pathbound.mcp.backend;

import ai.pathbound.mcp.caller.Credential;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/// The backend, as far as this server needs it. No call fails; trouble is a case of the outcome.
public interface Backend {
    /// Asks whose credential this is.
    Mono<AuthStatus> authStatus(Credential credential);

    /// Creates a contact.
    ///
    /// @param body `email`, and optionally `properties`, `visitor_id`, `company_id`
    Mono<WriteOutcome> createContact(Credential credential, ObjectNode body);

    /// Writes a note on a contact.
    Mono<WriteOutcome> createContactNote(Credential credential, String contactId, String content);
}
