package ai.pathbound.projector;

import ai.pathbound.projector.GeneratedHistory.Step;
import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.FirstTouch;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.topics.EntityKind;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An entity as callers see it in conditions and groups: a map of fields.
record PlainRow(String id, Map<String, Object> fields, List<String> segments) {
    Optional<Object> get(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    static PlainRow contact(Step step, PlainModel model) {
        Contact contact = (Contact) step.body();
        Map<String, Object> fields = new HashMap<>();
        properties(fields, contact.getProperties());
        put(fields, "contact_id", step.key().id());
        put(fields, "company_id", model.companyOf(contact).orElse(null));
        put(fields, "created_at", contact.getCreatedAt());
        put(fields, "updated_at", contact.getUpdatedAt());
        put(fields, "enriched_at", contact.getEnrichedAt());
        put(fields, "creation_source", contact.getCreationSource());
        FirstTouch touch = contact.getFirstTouch();
        if (touch != null) {
            put(fields, "creation_referring_domain", touch.getReferringDomain());
            fields.putAll(touch.getUtms());
        }
        joined(fields, "company.industry", companyOf(contact, model));
        return new PlainRow(step.key().id(), fields, contact.getSegmentIds());
    }

    static PlainRow company(Step step) {
        Company company = (Company) step.body();
        Map<String, Object> fields = new HashMap<>();
        properties(fields, company.getProperties());
        put(fields, "company_id", step.key().id());
        put(fields, "created_at", company.getCreatedAt());
        put(fields, "updated_at", company.getUpdatedAt());
        return new PlainRow(step.key().id(), fields, List.of());
    }

    static PlainRow event(Step step, PlainModel model) {
        Event event = (Event) step.body();
        Map<String, Object> fields = new HashMap<>();
        properties(fields, event.getData());
        PropertyValue utms = event.getData().get("utmParams");
        if (utms != null && utms.getValue() instanceof Map<?, ?> members
                && members.get("utm_source") instanceof PropertyValue source) {
            put(fields, "utm_source", PlainValues.of(source.getValue()));
        }
        Optional<String> owner = model.owner(event);
        Optional<Contact> person = owner.flatMap(id -> model.find(EntityKind.CONTACT, id))
                .map(found -> (Contact) found.body());
        joined(fields, "contact.city", person.map(Contact::getProperties));
        joined(fields,
                "company.industry",
                person.flatMap(contact -> companyOf(contact, model)));
        put(fields, "event_id", step.key().id());
        put(fields, "event", event.getName());
        put(fields, "timestamp", event.getTimestamp());
        put(fields, "accepted_at", Changes.START.plusSeconds(step.version()));
        put(fields, "url", event.getUrl());
        put(fields, "path", event.getUrl() == null ? null : URI.create(event.getUrl()).getPath());
        put(fields, "domain", event.getDomain());
        put(fields, "browser", event.getBrowser());
        put(fields, "is_bot", event.getIsBot());
        put(fields, "visitor_id", event.getVisitorId());
        put(fields, "session_id", event.getSessionId());
        put(fields, "contact_id", owner.orElse(null));
        put(fields,
                "company_id",
                owner.flatMap(id -> model.find(EntityKind.CONTACT, id))
                        .flatMap(contact -> model.companyOf((Contact) contact.body()))
                        .orElse(null));
        return new PlainRow(step.key().id(), fields, List.of());
    }

    private static Optional<Map<String, PropertyValue>> companyOf(Contact contact,
            PlainModel model) {
        return model.companyOf(contact)
                .flatMap(id -> model.find(EntityKind.COMPANY, id))
                .map(step -> ((Company) step.body()).getProperties());
    }

    /// Only texts of others can be asked for.
    private static void joined(Map<String, Object> fields,
            String name,
            Optional<Map<String, PropertyValue>> of) {
        of.map(properties -> properties.get(name.substring(name.indexOf('.') + 1)))
                .map(PropertyValue::getValue)
                .filter(String.class::isInstance)
                .ifPresent(text -> put(fields, name, text));
    }

    private static void properties(Map<String, Object> fields,
            Map<String, PropertyValue> properties) {
        properties.forEach(
                (name, value) -> put(fields, name, PlainValues.of(value.getValue())));
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null && !value.equals("")) {
            fields.put(name, value);
        }
    }
}
