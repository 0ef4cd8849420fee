package ai.pathbound.sandbox.rest;

import ai.pathbound.sandbox.store.Change;
import ai.pathbound.sandbox.store.EventRow;
import ai.pathbound.sandbox.store.Truth;
import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.FirstTouch;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Entities as the JSON objects of REST v1.
final class Views {
    private static final DateTimeFormatter TIME = DateTimeFormatter
            .ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
            .withZone(ZoneOffset.UTC);

    private final Truth truth;

    Views(Truth truth) {
        this.truth = truth;
    }

    static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : TIME.format(at);
    }

    Optional<Change> company(Change contact) {
        return Optional.ofNullable(contact.body(Contact.class).getCompanyId())
                .flatMap(
                        id -> truth.find(new ChangeKey(contact.tenant(), EntityKind.COMPANY, id)));
    }

    Map<String, Object> contact(Change change, boolean provenance) {
        Contact contact = change.body(Contact.class);
        Map<String, Object> view = named("contact_id", change);
        view.put("properties", Properties.show(contact.getProperties()));
        view.put(
                "associations",
                Map.of("companies", company(change).map(c -> List.of(c.id())).orElse(List.of())));
        view.put("segment_ids", contact.getSegmentIds());
        view.put("visitor_ids", contact.getVisitorIds());
        view.put("creation_source", contact.getCreationSource());
        FirstTouch touch = contact.getFirstTouch();
        if (touch != null) {
            Properties.put(view, "creation_referrer", touch.getReferrer());
            Properties.put(view, "creation_referring_domain", touch.getReferringDomain());
            Properties.put(view, "creation_landing_page", touch.getLandingPage());
            view.put("creation_utms", touch.getUtms());
        }
        Properties.put(view, "first_seen_at", time(contact.getFirstSeenAt()));
        Properties.put(view, "enriched_at", time(contact.getEnrichedAt()));
        times(view, contact.getCreatedAt(), contact.getUpdatedAt());
        return provenance(view, change, provenance);
    }

    static Map<String, Object> contactSummary(Change change, @Nullable Instant lastActivity) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("contact_id", change.id());
        view.put("id", change.id());
        summarize(
                view,
                change.body(Contact.class).getProperties(),
                List.of("email", "firstname", "lastname", "company", "lifecyclestage"));
        Properties.put(view, "last_activity_at", time(lastActivity));
        return view;
    }

    static Map<String, Object> company(Change change, boolean provenance) {
        Company company = change.body(Company.class);
        Map<String, Object> view = named("company_id", change);
        view.put("properties", Properties.show(company.getProperties()));
        times(view, company.getCreatedAt(), company.getUpdatedAt());
        return provenance(view, change, provenance);
    }

    static Map<String, Object> companySummary(Change change, @Nullable Instant lastActivity) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("company_id", change.id());
        view.put("id", change.id());
        summarize(
                view,
                change.body(Company.class).getProperties(),
                List.of("name", "domain", "industry"));
        Properties.put(view, "last_activity_at", time(lastActivity));
        return view;
    }

    Map<String, Object> event(EventRow row, boolean provenance) {
        Event event = row.change().body(Event.class);
        Map<String, Object> view = named("event_id", row.change());
        view.put("event", event.getName());
        Properties.put(view, "timestamp", time(event.getTimestamp()));
        Properties.put(view, "url", event.getUrl());
        Properties.put(view, "domain", event.getDomain());
        Properties.put(view, "referring_domain", event.getReferringDomain());
        view.put("data", Properties.show(event.getData()));
        Properties.put(view, "browser", event.getBrowser());
        Properties.put(view, "browser_version", event.getBrowserVersion());
        Properties.put(view, "os", event.getOs());
        Properties.put(view, "device_type", event.getDeviceType());
        if (event.getIsBot()) {
            view.put("is_bot", true);
        }
        Properties.put(view, "visitor_id", event.getVisitorId());
        Properties.put(view, "session_id", event.getSessionId());
        Optional<Change> contact = row.owner()
                .flatMap(
                        id -> truth.find(
                                new ChangeKey(row.change().tenant(), EntityKind.CONTACT, id)));
        Properties.put(view, "contact", contact.map(Views::contactReference).orElse(null));
        Properties.put(
                view,
                "company",
                contact.flatMap(this::company).map(Views::companyReference).orElse(null));
        return provenance(view, row.change(), provenance);
    }

    static Map<String, Object> eventSummary(EventRow row) {
        Event event = row.change().body(Event.class);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", row.change().id());
        view.put("event", event.getName());
        Properties.put(view, "timestamp", time(event.getTimestamp()));
        Properties.put(view, "url", event.getUrl());
        Properties.put(view, "contact_id", row.owner().orElse(null));
        return view;
    }

    static Map<String, Object> note(Change change) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("note_id", change.id());
        view.put("_id", change.id());
        if (change.body() instanceof ContactNote note) {
            view.put("contact_id", note.getContactId());
            noteText(view, change, note.getContent(), note.getAuthorId(), note.getAuthorName());
            times(view, note.getCreatedAt(), note.getUpdatedAt());
        } else {
            CompanyNote note = change.body(CompanyNote.class);
            view.put("company_id", note.getCompanyId());
            noteText(view, change, note.getContent(), note.getAuthorId(), note.getAuthorName());
            times(view, note.getCreatedAt(), note.getUpdatedAt());
        }
        view.put("version", change.version());
        return view;
    }

    Map<String, Object> conversation(Change change, boolean withMessages) {
        Conversation talk = change.body(Conversation.class);
        List<Change> messages = messages(change);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("conversation_id", change.id());
        view.put("_id", change.id());
        view.put("source", talk.getChannel());
        Properties.put(view, "subject", talk.getSubject());
        Properties.put(view, "state", talk.getState());
        view.put("priority", talk.getPriority());
        Properties.put(view, "assignee", talk.getAssignee());
        view.put("tags", talk.getTags());
        Properties.put(view, "started_at", time(talk.getStartedAt()));
        Properties.put(view, "last_message_at", time(talk.getLastMessageAt()));
        view.put("message_count", messages.size());
        view.put("participants", talk.getParticipants());
        if (withMessages) {
            view.put("messages", messages.stream().map(Views::message).toList());
        }
        return view;
    }

    Map<String, Object> emailThread(Change change) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("thread_id", change.id());
        List<Change> messages = messages(change);
        Properties.put(
                view,
                "last_message_id",
                messages.isEmpty() ? null : messages.getLast().id());
        Properties.put(view, "subject", change.body(Conversation.class).getSubject());
        return view;
    }

    private List<Change> messages(Change conversation) {
        return truth.children(conversation.tenant(), EntityKind.MESSAGE, conversation.id())
                .stream()
                .sorted(
                        Comparator.comparing((Change m) -> m.body(Message.class).getSentAt())
                                .thenComparing(Change::id))
                .toList();
    }

    private static Map<String, Object> message(Change change) {
        Message message = change.body(Message.class);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("message_id", change.id());
        view.put("direction", message.getDirection());
        view.put("from", message.getSender());
        Properties.put(view, "subject", message.getSubject());
        Properties.put(view, "sent_at", time(message.getSentAt()));
        view.put("body", message.getBody());
        return view;
    }

    private static void noteText(Map<String, Object> view,
            Change change,
            String content,
            @Nullable String authorId,
            @Nullable String authorName) {
        view.put("content", content);
        Map<String, Object> author = new LinkedHashMap<>();
        Properties.put(author, "user_id", authorId);
        Properties.put(author, "name", authorName);
        view.put("author", author);
        view.put("source", change.source());
    }

    private static Map<String, Object> contactReference(Change change) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("contact_id", change.id());
        view.put("_id", change.id());
        summarize(
                view,
                change.body(Contact.class).getProperties(),
                List.of("email", "firstname", "lastname"));
        return view;
    }

    private static Map<String, Object> companyReference(Change change) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("company_id", change.id());
        view.put("_id", change.id());
        summarize(
                view,
                change.body(Company.class).getProperties(),
                List.of("name", "domain"));
        return view;
    }

    private static void summarize(Map<String, Object> view,
            Map<String, PropertyValue> properties,
            List<String> names) {
        Map<String, Object> shown = Properties.show(properties);
        names.forEach(name -> Properties.put(view, name, shown.get(name)));
    }

    private static Map<String, Object> named(String idName, Change change) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put(idName, change.id());
        view.put("_id", change.id());
        view.put("version", change.version());
        return view;
    }

    private static void times(Map<String, Object> view, Instant created, Instant updated) {
        Properties.put(view, "created_at", time(created));
        Properties.put(view, "updated_at", time(updated));
    }

    private static Map<String, Object> provenance(Map<String, Object> view,
            Change change,
            boolean wanted) {
        if (wanted) {
            Map<String, Object> sources = new LinkedHashMap<>();
            change.provenance().forEach((name, source) -> {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("source", source.getSource());
                Properties.put(entry, "at", time(source.getAt()));
                sources.put(name, entry);
            });
            view.put("properties_provenance", sources);
        }
        return view;
    }
}
