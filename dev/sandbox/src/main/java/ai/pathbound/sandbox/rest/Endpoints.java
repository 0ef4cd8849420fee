package ai.pathbound.sandbox.rest;

import ai.pathbound.sandbox.store.Truth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The table of paths: method, path, scope, work.
final class Endpoints {
    record Route(String method, String path, String scope, Function<Call, Answer> work) {}

    private final List<Route> routes = new ArrayList<>();

    Endpoints(Truth truth, Runnable stored) {
        var writes = new Writes(truth, stored);
        var reads = new Reads(truth);
        String cr = "contacts:read";
        String cw = "contacts:write";
        String or = "companies:read";
        String ow = "companies:write";
        add("GET", "/auth/status", "", Endpoints::status);
        add("POST", "/contacts", cw, writes::createContact);
        add("GET", "/contacts", cr, reads::contacts);
        add("GET", "/contacts/events/{id}", cr, reads::contactEvents);
        add("GET", "/contacts/{id}", cr, reads::contact);
        add("PUT", "/contacts/{id}", cw, writes::updateContact);
        add("DELETE", "/contacts/{id}", cw, writes::deleteContact);
        add("GET", "/contacts/{id}/timeline", cr, reads::timeline);
        add("GET", "/contacts/{id}/conversations", cr, reads::conversations);
        add("GET", "/contacts/{id}/email-threads", cr, reads::emailThreads);
        add("GET", "/contacts/{id}/notes", cr, reads::contactNotes);
        add("POST", "/contacts/{id}/notes", cw, writes::createContactNote);
        add("PUT", "/contacts/{id}/notes/{note}", cw, writes::updateContactNote);
        add("DELETE", "/contacts/{id}/notes/{note}", cw, writes::deleteContactNote);
        add("POST", "/companies", ow, writes::createCompany);
        add("GET", "/companies", or, reads::companies);
        add("GET", "/companies/{id}", or, reads::company);
        add("PUT", "/companies/{id}", ow, writes::updateCompany);
        add("DELETE", "/companies/{id}", ow, writes::deleteCompany);
        add("GET", "/companies/{id}/notes", or, reads::companyNotes);
        add("POST", "/companies/{id}/notes", ow, writes::createCompanyNote);
        add("PUT", "/companies/{id}/notes/{note}", ow, writes::updateCompanyNote);
        add("DELETE", "/companies/{id}/notes/{note}", ow, writes::deleteCompanyNote);
        add("GET", "/events", "events:read", reads::events);
        add("GET", "/events/types", "events:read", reads::eventTypes);
        add("GET", "/events/stats", "events:read", reads::eventStats);
        add("GET", "/events/{id}", "events:read", reads::event);
        add("POST", "/batch/details", cr, reads::batchDetails);
        add("POST", "/batch/activity", cr, reads::batchActivity);
        add("POST", "/identify", cw, writes::identify);
    }

    List<Route> routes() {
        return routes;
    }

    private void add(String method, String path, String scope, Function<Call, Answer> work) {
        routes.add(new Route(method, path, scope, work));
    }

    private static Answer status(Call call) {
        Access access = call.access();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("authenticated", true);
        body.put("auth_type", access.type());
        body.put("key_id", access.id());
        body.put("scopes", access.scopes());
        body.put(
                "user",
                Map.of(
                        "user_id",
                        access.userId(),
                        "email",
                        access.email(),
                        "first_name",
                        access.firstName(),
                        "last_name",
                        "Admin",
                        "tenant_id",
                        access.tenant()));
        return Answer.ok(body);
    }
}
