package ai.pathbound.projector.answer;

import ai.pathbound.projector.state.Change;
import ai.pathbound.projector.state.TimelineEntry;
import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.FirstTouch;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Entities as JSON members, named and shaped as in the backend's REST answers.
final class Views {
    private final JsonText json;
    private final TenantData data;

    Views(JsonText json, TenantData data) {
        this.json = json;
        this.data = data;
    }

    void contact(Change change, boolean provenance) {
        Contact contact = (Contact) change.body();
        named("contact_id", change);
        json.properties("properties", contact.getProperties());
        json.object(
                "associations",
                () -> json.texts(
                        "companies",
                        Optional.ofNullable(contact.getCompanyId())
                                .filter(id -> data.exists(EntityKind.COMPANY, id))
                                .map(List::of)
                                .orElse(List.of())));
        json.texts("segment_ids", contact.getSegmentIds());
        json.texts("visitor_ids", contact.getVisitorIds());
        json.text("creation_source", contact.getCreationSource());
        FirstTouch touch = contact.getFirstTouch();
        if (touch != null) {
            json.text("creation_referrer", touch.getReferrer());
            json.text("creation_referring_domain", touch.getReferringDomain());
            json.text("creation_landing_page", touch.getLandingPage());
            json.object("creation_utms", () -> touch.getUtms().forEach(json::text));
        }
        json.time("first_seen_at", contact.getFirstSeenAt());
        json.time("enriched_at", contact.getEnrichedAt());
        times(contact.getCreatedAt(), contact.getUpdatedAt());
        provenance(change, provenance);
    }

    void contactSummary(Change change, Optional<Instant> lastActivity) {
        json.text("contact_id", change.entityId());
        json.text("id", change.entityId());
        texts(
                ((Contact) change.body()).getProperties(),
                "email",
                "firstname",
                "lastname",
                "company",
                "lifecyclestage");
        json.time("last_activity_at", lastActivity.orElse(null));
    }

    void company(Change change, boolean provenance) {
        Company company = (Company) change.body();
        named("company_id", change);
        json.properties("properties", company.getProperties());
        times(company.getCreatedAt(), company.getUpdatedAt());
        provenance(change, provenance);
    }

    void companySummary(Change change, Optional<Instant> lastActivity) {
        json.text("company_id", change.entityId());
        json.text("id", change.entityId());
        texts(((Company) change.body()).getProperties(), "name", "domain", "industry");
        json.time("last_activity_at", lastActivity.orElse(null));
    }

    void event(Change change, Optional<String> owner, boolean provenance) {
        eventAlone(change);
        Optional<Change> contact = owner.flatMap(id -> data.find(EntityKind.CONTACT, id));
        reference(
                "contact",
                "contact_id",
                contact,
                contact.map(c -> ((Contact) c.body()).getProperties()),
                "email",
                "firstname",
                "lastname");
        Optional<Change> company = contact.flatMap(c -> data.company((Contact) c.body()));
        reference(
                "company",
                "company_id",
                company,
                company.map(c -> ((Company) c.body()).getProperties()),
                "name",
                "domain");
        provenance(change, provenance);
    }

    /// Without contact and company, for where they are shown already.
    void eventAlone(Change change) {
        Event event = (Event) change.body();
        named("event_id", change);
        json.text("event", event.getName());
        json.time("timestamp", event.getTimestamp());
        json.text("url", event.getUrl());
        json.text("domain", event.getDomain());
        json.text("referring_domain", event.getReferringDomain());
        json.properties("data", event.getData());
        json.text("browser", event.getBrowser());
        json.text("browser_version", event.getBrowserVersion());
        json.text("os", event.getOs());
        json.text("device_type", event.getDeviceType());
        if (event.getIsBot()) {
            json.flag("is_bot", true);
        }
        json.text("visitor_id", event.getVisitorId());
        json.text("session_id", event.getSessionId());
    }

    void eventSummary(Change change, Optional<String> owner) {
        Event event = (Event) change.body();
        json.text("id", change.entityId());
        json.text("event", event.getName());
        json.time("timestamp", event.getTimestamp());
        json.text("url", event.getUrl());
        json.text("contact_id", owner.orElse(null));
    }

    void note(Change change) {
        json.text("note_id", change.entityId());
        json.text("_id", change.entityId());
        switch (change.body()) {
            case ContactNote note -> {
                json.text("contact_id", note.getContactId());
                noteText(change, note.getContent(), note.getAuthorId(), note.getAuthorName());
                times(note.getCreatedAt(), note.getUpdatedAt());
            }
            case CompanyNote note -> {
                json.text("company_id", note.getCompanyId());
                noteText(change, note.getContent(), note.getAuthorId(), note.getAuthorName());
                times(note.getCreatedAt(), note.getUpdatedAt());
            }
            default -> throw new IllegalStateException("not a note: " + change.body().getClass());
        }
        json.number("version", change.version());
    }

    void conversation(Change change, int messages) {
        Conversation talk = (Conversation) change.body();
        json.text("conversation_id", change.entityId());
        json.text("_id", change.entityId());
        json.text("source", talk.getChannel());
        json.text("subject", talk.getSubject());
        json.text("state", talk.getState());
        json.flag("priority", talk.getPriority());
        json.text("assignee", talk.getAssignee());
        json.texts("tags", talk.getTags());
        json.time("started_at", talk.getStartedAt());
        json.time("last_message_at", talk.getLastMessageAt());
        json.number("message_count", messages);
        json.texts("participants", talk.getParticipants());
    }

    void message(Change change) {
        Message message = (Message) change.body();
        json.text("message_id", change.entityId());
        json.text("direction", message.getDirection());
        json.text("from", message.getSender());
        json.text("subject", message.getSubject());
        json.time("sent_at", message.getSentAt());
        json.text("body", message.getBody());
    }

    void timelineEntry(Timeline.Entry entry) {
        TimelineEntry row = entry.row().get();
        EntityKind kind = entry.place().kind();
        json.text("type", kind == EntityKind.EVENT ? "event" : row.name());
        json.time("at", entry.at());
        json.text("source", row.source());
        String id = entry.place().id();
        json.text("id", kind == EntityKind.CONTACT ? id.substring(0, id.lastIndexOf('#')) : id);
        if (kind == EntityKind.EVENT) {
            json.text("title", row.name());
            present("url", row.url());
            present("page_title", row.title());
        } else {
            json.text("title", row.title());
        }
    }

    /// An event of an activity list, from its timeline row alone.
    void activity(Timeline.Entry entry) {
        TimelineEntry row = entry.row().get();
        json.text("id", entry.place().id());
        json.text("event", row.name());
        json.text("url", row.url().isEmpty() ? null : row.url());
        json.time("timestamp", entry.at());
        json.text("title", row.title().isEmpty() ? null : row.title());
    }

    private void named(String idName, Change change) {
        json.text(idName, change.entityId());
        json.text("_id", change.entityId());
        json.number("version", change.version());
    }

    private void times(Instant created, Instant updated) {
        json.time("created_at", created);
        json.time("updated_at", updated);
    }

    private void noteText(Change change,
            String content,
            @Nullable String authorId,
            @Nullable String authorName) {
        json.text("content", content);
        json.object("author", () -> {
            json.text("user_id", authorId);
            json.text("name", authorName);
        });
        json.text("source", change.source());
    }

    private void reference(String name,
            String idName,
            Optional<Change> change,
            Optional<Map<String, PropertyValue>> properties,
            String... shown) {
        if (change.isEmpty()) {
            json.nothing(name);
            return;
        }
        json.object(name, () -> {
            json.text(idName, change.get().entityId());
            json.text("_id", change.get().entityId());
            texts(properties.orElse(Map.of()), shown);
        });
    }

    private void texts(Map<String, PropertyValue> properties, String... names) {
        for (String name : names) {
            json.text(name, Properties.text(properties, name).orElse(null));
        }
    }

    private void present(String name, String text) {
        if (!text.isEmpty()) {
            json.text(name, text);
        }
    }

    private void provenance(Change change, boolean wanted) {
        if (wanted) {
            json.object(
                    "properties_provenance",
                    () -> change.provenance().forEach((name, source) -> json.object(name, () -> {
                        json.text("source", source.getSource());
                        json.time("at", source.getAt());
                    })));
        }
    }
}
