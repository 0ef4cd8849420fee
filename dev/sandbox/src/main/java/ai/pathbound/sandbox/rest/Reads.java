package ai.pathbound.sandbox.rest;

import ai.pathbound.sandbox.store.Change;
import ai.pathbound.sandbox.store.EventFact;
import ai.pathbound.sandbox.store.EventFilter;
import ai.pathbound.sandbox.store.EventRow;
import ai.pathbound.sandbox.store.Truth;
import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The calls that only read.
final class Reads {
    private static final List<String> STAGES = List.of("lead",
            "prospect",
            "mql",
            "sql",
            "opportunity",
            "customer",
            "evangelist",
            "subscriber",
            "other");
    private static final String NEWEST = "e.at DESC, e.id DESC";
    private static final int ALL = 1_000_000;

    private final Truth truth;
    private final Views views;

    Reads(Truth truth) {
        this.truth = truth;
        views = new Views(truth);
    }

    Answer contacts(Call call) {
        Optional<String> stage = call.oneOf("lifecycle_stage", STAGES);
        Optional<String> status = call.oneOf("status", List.of("enriched", "not_enriched"));
        Optional<Boolean> linkedin = call.flag("has_linkedin");
        Optional<Instant> after = call.time("created_after");
        Optional<Instant> before = call.time("created_before");
        String sort = call.oneOf("sort_by",
                List.of("email", "firstname", "lastname", "company", "createdate"))
                .orElse("createdate");
        List<Change> found = truth.all(call.tenant(), EntityKind.CONTACT).stream().filter(c -> {
            Contact contact = c.body(Contact.class);
            Map<String, PropertyValue> p = contact.getProperties();
            return equal(p, "lifecyclestage", stage)
                    && status.map(s -> s.equals("enriched") == (contact.getEnrichedAt() != null))
                            .orElse(true)
                    && equal(p, "lead_status", call.text("lead_status"))
                    && equal(p, "country", call.text("country"))
                    && equal(p, "industry", call.text("industry"))
                    && equal(p, "city", call.text("city")) && equal(p, "state", call.text("state"))
                    && call.text("job_title").map(t -> contains(p, t, "jobtitle")).orElse(true)
                    && linkedin.map(l -> l == Properties.text(p, "linkedin").isPresent())
                            .orElse(true)
                    && call.text("company_id")
                            .map(id -> views.company(c).filter(o -> o.id().equals(id)).isPresent())
                            .orElse(true)
                    && after.map(a -> !contact.getCreatedAt().isBefore(a)).orElse(true)
                    && before.map(contact.getCreatedAt()::isBefore).orElse(true)
                    && call.text("search")
                            .map(t -> contains(p,
                                    t,
                                    "firstname",
                                    "lastname",
                                    "email",
                                    "company",
                                    "jobtitle"))
                            .orElse(true);
        })
                .sorted(order(call,
                        c -> sort.equals("createdate")
                                ? Optional.of(String
                                        .valueOf(Views.time(c.body(Contact.class).getCreatedAt())))
                                : Properties.text(c.body(Contact.class).getProperties(), sort)))
                .toList();
        Map<String, Instant> last = call.summary() ? truth.lastActivity(call.tenant()) : Map.of();
        return list(call,
                "contacts",
                found,
                c -> call.summary()
                        ? Views.contactSummary(c, last.get(c.id()))
                        : views.contact(c, call.provenance()));
    }

    Answer contact(Call call) {
        Change contact = find(call, EntityKind.CONTACT, call.id());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("contact", views.contact(contact, true));
        Properties.put(body,
                "company",
                views.company(contact).map(c -> Views.company(c, false)).orElse(null));
        body.put("recent_events",
                ownEvents(call, call.id(), 20).stream()
                        .map(e -> views.event(e, false))
                        .toList());
        body.put("notes", notes(call, EntityKind.CONTACT_NOTE));
        return Answer.ok(body);
    }

    Answer contactEvents(Call call) {
        find(call, EntityKind.CONTACT, call.id());
        var filter = new EventFilter(call.tenant()).contact(Optional.of(call.id()))
                .name(call.text("event_type"));
        String order = call.descending() ? NEWEST : "e.at, e.id";
        return Answer.ok(Map.of("events",
                truth.events(filter, order, ALL, 0)
                        .stream()
                        .map(e -> views.event(e, false))
                        .toList()));
    }

    private record Entry(Instant at, Map<String, Object> view) {}

    Answer timeline(Call call) {
        find(call, EntityKind.CONTACT, call.id());
        List<Entry> entries = new ArrayList<>();
        for (EventRow row : ownEvents(call, call.id(), ALL)) {
            Event event = row.change().body(Event.class);
            entries.add(entry("event",
                    event.getTimestamp(),
                    row.change(),
                    event.getName() + " " + event.getUrl()));
        }
        for (Change n : truth.children(call.tenant(), EntityKind.CONTACT_NOTE, call.id())) {
            ContactNote note = n.body(ContactNote.class);
            entries.add(entry("note", note.getCreatedAt(), n, note.getContent()));
        }
        for (Change c : truth.children(call.tenant(), EntityKind.CONVERSATION, call.id())) {
            Conversation talk = c.body(Conversation.class);
            entries.add(entry(talk.getChannel().equals("gmail") ? "email" : "conversation",
                    talk.getLastMessageAt(),
                    c,
                    String.valueOf(talk.getSubject())));
        }
        Optional<Instant> after = call.time("date_after");
        Optional<Instant> before = call.time("date_before");
        Comparator<Entry> order = Comparator.comparing(Entry::at)
                .thenComparing(e -> String.valueOf(e.view().get("id")));
        List<Entry> found = entries.stream()
                .filter(e -> after.map(a -> !e.at().isBefore(a)).orElse(true)
                        && before.map(e.at()::isBefore).orElse(true))
                .sorted(call.descending() ? order.reversed() : order)
                .toList();
        return Answer.ok(Map.of("timeline",
                call.slice(found).stream().map(Entry::view).toList(),
                "pagination",
                call.pagination(found.size())));
    }

    Answer conversations(Call call) {
        return Answer.ok(Map.of("conversations",
                talks(call)
                        .map(c -> views.conversation(c, call.isSet("include_messages")))
                        .toList()));
    }

    Answer emailThreads(Call call) {
        return Answer.ok(Map.of("email_threads",
                talks(call)
                        .filter(c -> c.body(Conversation.class).getChannel().equals("gmail"))
                        .map(views::emailThread)
                        .toList()));
    }

    Answer contactNotes(Call call) {
        find(call, EntityKind.CONTACT, call.id());
        return notesPage(call, EntityKind.CONTACT_NOTE);
    }

    Answer companyNotes(Call call) {
        find(call, EntityKind.COMPANY, call.id());
        return notesPage(call, EntityKind.COMPANY_NOTE);
    }

    Answer companies(Call call) {
        String sort = call.oneOf("sort_by",
                List.of("name", "domain", "industry", "created_at", "last_activity_at"))
                .orElse("created_at");
        boolean active = call.summary() || sort.equals("last_activity_at");
        Map<String, Instant> last = active ? companyActivity(call) : Map.of();
        List<Change> found = truth.all(call.tenant(), EntityKind.COMPANY).stream().filter(c -> {
            Map<String, PropertyValue> p = c.body(Company.class).getProperties();
            return equal(p, "industry", call.text("industry"))
                    && equal(p, "country", call.text("country"))
                    && call.text("search")
                            .map(t -> contains(p, t, "name", "domain", "industry"))
                            .orElse(true);
        }).sorted(order(call, c -> switch (sort) {
            case "created_at" ->
                Optional.ofNullable(Views.time(c.body(Company.class).getCreatedAt()));
            case "last_activity_at" -> Optional.ofNullable(Views.time(last.get(c.id())));
            default -> Properties.text(c.body(Company.class).getProperties(), sort);
        })).toList();
        return list(call,
                "companies",
                found,
                c -> call.summary()
                        ? Views.companySummary(c, last.get(c.id()))
                        : Views.company(c, call.provenance()));
    }

    Answer company(Call call) {
        Change company = find(call, EntityKind.COMPANY, call.id());
        List<Map<String, Object>> contacts = truth
                .children(call.tenant(), EntityKind.CONTACT, call.id())
                .stream()
                .sorted(Comparator.comparing(Change::id))
                .limit(25)
                .map(c -> views.contact(c, false))
                .toList();
        return Answer.ok(Map.of("company",
                Views.company(company, true),
                "contacts",
                contacts,
                "notes",
                notes(call, EntityKind.COMPANY_NOTE)));
    }

    Answer events(Call call) {
        var filter = new EventFilter(call.tenant()).name(call.text("event_type"))
                .contact(call.text("contact_id"))
                .domain(call.text("domain"))
                .urlContains(call.text("url_contains"))
                .from(call.time("date_after"))
                .until(call.time("date_before"))
                .identifiedOnly(call.isSet("identified_only"))
                .search(call.text("search"))
                .bot(call.flag("is_bot"));
        long total = truth.countEvents(filter);
        if (call.isSet("count_only")) {
            return Answer.ok(Map.of("count", total));
        }
        String direction = call.descending() ? " DESC" : "";
        String column = call.oneOf("sort_by", List.of("timestamp", "event", "createdAt"))
                .orElse("timestamp")
                .equals("event") ? "e.name" : "e.at";
        List<Map<String, Object>> rows = truth.events(filter,
                column + direction + ", e.id" + direction,
                call.limit(),
                (call.page() - 1L) * call.limit())
                .stream()
                .map(e -> call.summary()
                        ? Views.eventSummary(e)
                        : views.event(e, call.provenance()))
                .toList();
        return Answer.ok(Map.of("events", rows, "pagination", call.pagination(total)));
    }

    Answer eventTypes(Call call) {
        Map<String, List<EventFact>> byName = truth.facts(new EventFilter(call.tenant()))
                .stream()
                .collect(Collectors.groupingBy(EventFact::name,
                        TreeMap::new,
                        Collectors.toList()));
        List<Map<String, Object>> types = new ArrayList<>();
        byName.forEach((name, facts) -> {
            var at = facts.stream().mapToLong(f -> f.at().toEpochMilli()).summaryStatistics();
            Map<String, Object> type = new LinkedHashMap<>();
            type.put("event", name);
            type.put("count", at.getCount());
            Properties.put(type, "first_seen", Views.time(Instant.ofEpochMilli(at.getMin())));
            Properties.put(type, "last_seen", Views.time(Instant.ofEpochMilli(at.getMax())));
            types.add(type);
        });
        return Answer.ok(Map.of("event_types", types));
    }

    Answer eventStats(Call call) {
        var stats = new EventStats(call);
        var filter = new EventFilter(call.tenant()).name(call.text("event_type"))
                .contact(call.text("contact_id"))
                .company(call.text("company_id"))
                .domain(call.text("domain"))
                .from(call.time("date_after"))
                .until(call.time("date_before"));
        return Answer.ok(Map.of("stats", stats.of(truth.facts(filter))));
    }

    Answer event(Call call) {
        Change change = find(call, EntityKind.EVENT, call.id());
        var filter = new EventFilter(call.tenant()).id(change.id());
        return Answer.ok(Map.of("event",
                views.event(truth.events(filter, NEWEST, 1, 0).getFirst(), true)));
    }

    Answer batchDetails(Call call) {
        String type = call.required("entity_type");
        if (!List.of("contacts", "companies").contains(type)) {
            throw Refusal.invalid("entity_type", "must be one of contacts, companies");
        }
        boolean contacts = type.equals("contacts");
        return Answer.ok(Map.of(type,
                ids(call, "ids").stream()
                        .flatMap(id -> seek(call,
                                contacts ? EntityKind.CONTACT : EntityKind.COMPANY,
                                id)
                                .stream())
                        .map(c -> contacts ? views.contact(c, false) : Views.company(c, false))
                        .toList()));
    }

    Answer batchActivity(Call call) {
        JsonNode limit = call.json().get("events_limit");
        if (limit != null && (!limit.isInt() || limit.asInt() < 1 || limit.asInt() > 20)) {
            throw Refusal.invalid("events_limit", "must be a whole number from 1 to 20");
        }
        Map<String, Object> activity = new LinkedHashMap<>();
        for (String id : ids(call, "contact_ids")) {
            if (seek(call, EntityKind.CONTACT, id).isEmpty()) {
                continue;
            }
            var filter = new EventFilter(call.tenant()).contact(Optional.of(id))
                    .from(call.field("date_after").map(t -> Call.time("date_after", t)))
                    .until(call.field("date_before").map(t -> Call.time("date_before", t)));
            List<Map<String, Object>> events = truth
                    .events(filter, NEWEST, limit == null ? 5 : limit.asInt(), 0)
                    .stream()
                    .map(row -> {
                        Event event = row.change().body(Event.class);
                        Map<String, Object> view = Views.eventSummary(row);
                        view.remove("contact_id");
                        Properties.put(view,
                                "title",
                                Properties.text(event.getData(), "title").orElse(null));
                        return view;
                    })
                    .toList();
            activity.put(id,
                    Map.of("events", events, "total_events", truth.countEvents(filter)));
        }
        return Answer.ok(Map.of("contact_count", activity.size(), "activity", activity));
    }

    private static Entry entry(String type, Instant at, Change change, String title) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("type", type);
        Properties.put(view, "at", Views.time(at));
        view.put("source", change.source());
        view.put("id", change.id());
        view.put("title", title);
        return new Entry(at, view);
    }

    private java.util.stream.Stream<Change> talks(Call call) {
        find(call, EntityKind.CONTACT, call.id());
        return truth.children(call.tenant(), EntityKind.CONVERSATION, call.id())
                .stream()
                .sorted(Comparator
                        .comparing((Change c) -> c.body(Conversation.class).getLastMessageAt())
                        .thenComparing(Change::id)
                        .reversed());
    }

    private Answer notesPage(Call call, EntityKind kind) {
        List<Map<String, Object>> notes = notes(call, kind);
        return Answer.ok(Map.of("notes",
                call.slice(notes),
                "pagination",
                call.pagination(notes.size())));
    }

    private List<Map<String, Object>> notes(Call call, EntityKind kind) {
        return truth.children(call.tenant(), kind, call.id())
                .stream()
                .sorted(Comparator.comparing((Change n) -> n.body() instanceof ContactNote note
                        ? note.getCreatedAt()
                        : n.body(CompanyNote.class).getCreatedAt())
                        .thenComparing(Change::id)
                        .reversed())
                .map(Views::note)
                .toList();
    }

    private List<EventRow> ownEvents(Call call, String contact, int most) {
        return truth.events(new EventFilter(call.tenant()).contact(Optional.of(contact)),
                NEWEST,
                most,
                0);
    }

    private Map<String, Instant> companyActivity(Call call) {
        Map<String, Instant> contacts = truth.lastActivity(call.tenant());
        Map<String, Instant> last = new TreeMap<>();
        for (Change c : truth.all(call.tenant(), EntityKind.CONTACT)) {
            Instant at = contacts.get(c.id());
            String company = c.body(Contact.class).getCompanyId();
            if (at != null && company != null) {
                last.merge(company, at, (a, b) -> a.isAfter(b) ? a : b);
            }
        }
        return last;
    }

    private static Answer list(Call call,
            String name,
            List<Change> found,
            Function<Change, Map<String, Object>> view) {
        if (call.isSet("count_only")) {
            return Answer.ok(Map.of("count", found.size()));
        }
        return Answer.ok(Map.of(name,
                call.slice(found).stream().map(view).toList(),
                "pagination",
                call.pagination(found.size())));
    }

    private static Comparator<Change> order(Call call, Function<Change, Optional<String>> key) {
        Comparator<Change> order = Comparator
                .comparing((Change c) -> key.apply(c).orElse("").toLowerCase(Locale.ROOT))
                .thenComparing(Change::id);
        return call.descending() ? order.reversed() : order;
    }

    private static boolean equal(Map<String, PropertyValue> p,
            String name,
            Optional<String> wanted) {
        return wanted.map(w -> Properties.text(p, name).filter(w::equalsIgnoreCase).isPresent())
                .orElse(true);
    }

    private static boolean contains(Map<String, PropertyValue> p, String text, String... names) {
        String part = text.toLowerCase(Locale.ROOT);
        return List.of(names)
                .stream()
                .flatMap(n -> Properties.text(p, n).stream())
                .anyMatch(v -> v.toLowerCase(Locale.ROOT).contains(part));
    }

    private static List<String> ids(Call call, String field) {
        List<String> ids = call.texts(field);
        if (ids.isEmpty() || ids.size() > 25) {
            throw Refusal.invalid(field, "must hold 1 to 25 ids");
        }
        return ids;
    }

    private Change find(Call call, EntityKind kind, String id) {
        return seek(call, kind, id).orElseThrow(() -> Refusal.unknown(kind.word(), id));
    }

    private Optional<Change> seek(Call call, EntityKind kind, String id) {
        return ChangeKey.isId(id)
                ? truth.find(new ChangeKey(call.tenant(), kind, id))
                : Optional.empty();
    }
}
