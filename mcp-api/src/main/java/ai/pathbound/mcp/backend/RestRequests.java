package ai.pathbound.mcp.backend;

import ai.pathbound.mcp.json.Wire;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Writes and look-ups as HTTP requests: paths, parameters and bodies, in one place.
final class RestRequests {
    static final RestRequest AUTH_STATUS = RestRequest.get("/v1/auth/status", Map.of());
    private static final String ITEMS_MAX = "100";

    private RestRequests() {}

    static RestRequest of(Write write) {
        return switch (write) {
            case Write.CreateContact create ->
                RestRequest.post("/v1/contacts", create.body(), create.idempotencyKey());
            case Write.UpdateContact update ->
                RestRequest.put("/v1/contacts/{id}", update.body(), update.contactId());
            case Write.CreateCompany create ->
                RestRequest.post("/v1/companies", create.body(), create.idempotencyKey());
            case Write.UpdateCompany update ->
                RestRequest.put("/v1/companies/{id}", update.body(), update.companyId());
            case Write.CreateNote create -> RestRequest.post(
                    notes(create.owner()),
                    content(create.content()),
                    create.idempotencyKey(),
                    create.ownerId());
            case Write.UpdateNote update -> RestRequest.put(
                    notes(update.owner()) + "/{note}",
                    content(update.content()),
                    update.ownerId(),
                    update.noteId());
            case Write.DeleteNote delete -> RestRequest
                    .delete(notes(delete.owner()) + "/{note}", delete.ownerId(), delete.noteId());
        };
    }

    /// The list that holds the entity a write made or ran into, if anything tells it from others.
    static Optional<RestRequest> look(Write write) {
        return switch (write) {
            case Write.CreateContact create -> contacts(create.body().path("email").asString(""));
            case Write.UpdateContact update ->
                contacts(update.body().path("properties").path("email").asString(""));
            case Write.CreateCompany create -> companies(create.body().path("domain").asString(""));
            case Write.UpdateCompany update ->
                companies(update.body().path("properties").path("domain").asString(""));
            case Write.CreateNote create -> Optional
                    .of(RestRequest.get(notes(create.owner()), Map.of(), create.ownerId()));
            case Write.UpdateNote _,Write.DeleteNote _ -> Optional.empty();
        };
    }

    private static Optional<RestRequest> contacts(String email) {
        return search("/v1/contacts", email);
    }

    private static Optional<RestRequest> companies(String domain) {
        return search("/v1/companies", domain);
    }

    private static Optional<RestRequest> search(String path, String text) {
        return text.isEmpty()
                ? Optional.empty()
                : Optional
                        .of(RestRequest.get(path, Map.of("search", text, "limit", ITEMS_MAX)));
    }

    private static String notes(NoteOwner owner) {
        return switch (owner) {
            case CONTACT -> "/v1/contacts/{id}/notes";
            case COMPANY -> "/v1/companies/{id}/notes";
        };
    }

    private static ObjectNode content(String text) {
        return Wire.MAPPER.createObjectNode().put("content", text);
    }
}
