package ai.pathbound.sandbox.rest;

import ai.pathbound.sandbox.store.Change;
import ai.pathbound.sandbox.store.SavedAnswer;
import ai.pathbound.sandbox.store.Truth;
import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.PropertySource;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// The calls that change something; each is one transaction with its change on the outbox.
final class Writes {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {
    };
    private static final Duration ANSWERS_KEPT = Duration.ofHours(24);
    private static final String API = "api";

    private final Truth truth;
    private final Runnable stored;
    private final Views views;

    Writes(Truth truth, Runnable stored) {
        this.truth = truth;
        this.stored = stored;
        views = new Views(truth);
    }

    Answer createContact(Call call) {
        return create(call, () -> {
            String email = email(call.required("email"));
            return Answer.created(
                    contactBody(newContact(call,
                            Optional.of(email),
                            call.json().get("properties"),
                            visitors(call),
                            call.field("company_id"),
                            "manual")));
        });
    }

    Answer updateContact(Call call) {
        return run(() -> {
            Change old = find(call, EntityKind.CONTACT, call.id());
            return Answer.ok(
                    contactBody(changeContact(call,
                            old,
                            call.json().get("properties"),
                            visitors(call))));
        });
    }

    Answer deleteContact(Call call) {
        return delete(call, find(call, EntityKind.CONTACT, call.id()));
    }

    /// Finds the person by external id, else by e-mail, else by visitor, and makes a contact when
    /// none of them is known.
    Answer identify(Call call) {
        return create(call, () -> {
            ObjectNode traits = traits(call);
            Optional<String> external = call.field("external_id");
            external.ifPresent(id -> traits.put(Truth.EXTERNAL_ID, id("external_id", id)));
            Optional<String> email = Call.field(traits, "email").map(Writes::email);
            List<String> visitor = call.field("anonymous_id")
                    .map(id -> id("anonymous_id", id))
                    .stream()
                    .toList();
            Optional<Change> known = external
                    .flatMap(id -> truth.findExternal(call.tenant(), id))
                    .or(
                            () -> email.flatMap(
                                    e -> truth.findUnique(call.tenant(), EntityKind.CONTACT, e)))
                    .or(() -> email.isEmpty()
                            ? visitorContact(call, visitor, external)
                            : Optional.empty());
            if (known.isPresent()) {
                return Answer.ok(contactBody(changeContact(call, known.get(), traits, visitor)));
            }
            if (email.isEmpty() && external.isEmpty()) {
                throw Refusal.invalid("traits.email", "is required without external_id");
            }
            return Answer.created(
                    contactBody(
                            newContact(
                                    call,
                                    email,
                                    traits,
                                    visitor,
                                    Optional.empty(),
                                    "tracker")));
        });
    }

    private static ObjectNode traits(Call call) {
        return switch (call.json().get("traits")) {
            case null -> JSON.createObjectNode();
            case NullNode _ -> JSON.createObjectNode();
            case ObjectNode traits -> traits;
            default -> throw Refusal.invalid("traits", "must be an object");
        };
    }

    /// The owner of the visitor, unless that is a person with another external id.
    private Optional<Change> visitorContact(Call call,
            List<String> visitor,
            Optional<String> external) {
        return visitor.stream()
                .findFirst()
                .flatMap(v -> truth.visitorOwner(call.tenant(), v))
                .map(id -> find(call, EntityKind.CONTACT, id))
                .filter(
                        contact -> external.isEmpty() || Properties
                                .text(
                                        contact.body(Contact.class).getProperties(),
                                        Truth.EXTERNAL_ID)
                                .isEmpty());
    }

    Answer createCompany(Call call) {
        return create(call, () -> {
            String domain = domain(call.required("domain"));
            Map<String, PropertyValue> properties = new HashMap<>();
            Map<String, PropertySource> sources = new HashMap<>();
            Properties.merge(properties, sources, call.json().get("properties"), API, call.now());
            properties.put("domain", new PropertyValue(domain));
            sources.put("domain", new PropertySource(API, call.now()));
            unique(call, EntityKind.COMPANY, domain, "");
            Change change = new Change(key(call, EntityKind.COMPANY, "co_"), 1, call.now(), API,
                    sources, Company.newBuilder()
                            .setProperties(properties)
                            .setCreatedAt(call.now())
                            .setUpdatedAt(call.now())
                            .build());
            return Answer.created(Map.of("company", Views.company(store(change), false)));
        });
    }

    Answer updateCompany(Call call) {
        return run(() -> {
            Change old = find(call, EntityKind.COMPANY, call.id());
            Company company = old.body(Company.class);
            Map<String, PropertyValue> properties = new HashMap<>(company.getProperties());
            Map<String, PropertySource> sources = new HashMap<>(old.provenance());
            Properties.merge(properties, sources, call.json().get("properties"), API, call.now());
            unique(call,
                    EntityKind.COMPANY,
                    domain(Properties.text(properties, "domain")
                            .orElseThrow(() -> Refusal.invalid("domain", "must be a string"))),
                    old.id());
            Company next = Company.newBuilder(company)
                    .setProperties(properties)
                    .setUpdatedAt(call.now())
                    .build();
            Change change = old.next(call.now(), API, sources, next);
            return Answer.ok(Map.of("company", Views.company(store(change), false)));
        });
    }

    Answer deleteCompany(Call call) {
        return delete(call, find(call, EntityKind.COMPANY, call.id()));
    }

    Answer createContactNote(Call call) {
        return create(call, () -> {
            find(call, EntityKind.CONTACT, call.id());
            return noteCreated(call,
                    EntityKind.CONTACT_NOTE,
                    ContactNote.newBuilder()
                            .setContactId(call.id())
                            .setContent(call.required("content"))
                            .setAuthorId(call.access().userId())
                            .setAuthorName(call.access().userName())
                            .setCreatedAt(call.now())
                            .setUpdatedAt(call.now())
                            .build());
        });
    }

    Answer updateContactNote(Call call) {
        return run(() -> {
            Change old = note(call, EntityKind.CONTACT_NOTE);
            return noteUpdated(call,
                    old,
                    ContactNote.newBuilder(old.body(ContactNote.class))
                            .setContent(call.required("content"))
                            .setUpdatedAt(call.now())
                            .build());
        });
    }

    Answer deleteContactNote(Call call) {
        return delete(call, note(call, EntityKind.CONTACT_NOTE));
    }

    Answer createCompanyNote(Call call) {
        return create(call, () -> {
            find(call, EntityKind.COMPANY, call.id());
            return noteCreated(call,
                    EntityKind.COMPANY_NOTE,
                    CompanyNote.newBuilder()
                            .setCompanyId(call.id())
                            .setContent(call.required("content"))
                            .setAuthorId(call.access().userId())
                            .setAuthorName(call.access().userName())
                            .setCreatedAt(call.now())
                            .setUpdatedAt(call.now())
                            .build());
        });
    }

    Answer updateCompanyNote(Call call) {
        return run(() -> {
            Change old = note(call, EntityKind.COMPANY_NOTE);
            return noteUpdated(call,
                    old,
                    CompanyNote.newBuilder(old.body(CompanyNote.class))
                            .setContent(call.required("content"))
                            .setUpdatedAt(call.now())
                            .build());
        });
    }

    Answer deleteCompanyNote(Call call) {
        return delete(call, note(call, EntityKind.COMPANY_NOTE));
    }

    private Answer noteCreated(Call call, EntityKind kind, SpecificRecord note) {
        Change change = new Change(key(call, kind, "note_"), 1, call.now(), API, Map.of(), note);
        return Answer.created(Map.of("note", Views.note(store(change))));
    }

    private Answer noteUpdated(Call call, Change old, SpecificRecord note) {
        Change change = old.next(call.now(), API, Map.of(), note);
        return Answer.ok(Map.of("note", Views.note(store(change))));
    }

    private Change note(Call call, EntityKind kind) {
        Change note = find(call, kind, call.variable("note"));
        String owner = switch (note.body()) {
            case ContactNote n -> n.getContactId();
            default -> note.body(CompanyNote.class).getCompanyId();
        };
        if (!owner.equals(call.id())) {
            throw Refusal.unknown(kind.word(), note.id());
        }
        return note;
    }

    private Change newContact(Call call,
            Optional<String> email,
            @Nullable JsonNode given,
            List<String> visitors,
            Optional<String> company,
            String creationSource) {
        Map<String, PropertyValue> properties = new HashMap<>();
        Map<String, PropertySource> sources = new HashMap<>();
        Properties.merge(properties, sources, given, API, call.now());
        email.ifPresent(e -> {
            properties.put("email", new PropertyValue(e));
            sources.put("email", new PropertySource(API, call.now()));
            unique(call, EntityKind.CONTACT, e, "");
        });
        company.filter(id -> exists(call, EntityKind.COMPANY, id).isEmpty()).ifPresent(_ -> {
            throw Refusal.invalid("company_id", "no such company");
        });
        return store(
                new Change(key(call, EntityKind.CONTACT, "ct_"), 1, call.now(), API, sources,
                        Contact.newBuilder()
                                .setProperties(properties)
                                .setCompanyId(company.orElse(null))
                                .setVisitorIds(visitors)
                                .setCreationSource(creationSource)
                                .setFirstSeenAt(call.now())
                                .setCreatedAt(call.now())
                                .setUpdatedAt(call.now())
                                .build()));
    }

    private Change changeContact(Call call,
            Change old,
            @Nullable JsonNode given,
            List<String> moreVisitors) {
        Contact contact = old.body(Contact.class);
        Map<String, PropertyValue> properties = new HashMap<>(contact.getProperties());
        Map<String, PropertySource> sources = new HashMap<>(old.provenance());
        Properties.merge(properties, sources, given, API, call.now());
        if (contact.getProperties().containsKey("email") || properties.containsKey("email")) {
            unique(call,
                    EntityKind.CONTACT,
                    email(Properties.text(properties, "email")
                            .orElseThrow(() -> Refusal.invalid("email", "must be a string"))),
                    old.id());
        }
        Set<String> visitors = new LinkedHashSet<>(contact.getVisitorIds());
        visitors.addAll(moreVisitors);
        return store(
                old.next(call.now(),
                        API,
                        sources,
                        Contact.newBuilder(contact)
                                .setProperties(properties)
                                .setCompanyId(views.company(old).map(Change::id).orElse(null))
                                .setVisitorIds(new ArrayList<>(visitors))
                                .setUpdatedAt(call.now())
                                .build()));
    }

    private Map<String, Object> contactBody(Change contact) {
        Map<String, Object> view = views.contact(contact, false);
        view.put("notes",
                truth.children(contact.tenant(), EntityKind.CONTACT_NOTE, contact.id())
                        .stream()
                        .map(Views::note)
                        .toList());
        return Map.of("contact", view);
    }

    private Answer delete(Call call, Change found) {
        return run(() -> {
            Change old = find(call, found.key().kind(), found.id());
            store(old.deleted(call.now()));
            return Answer
                    .ok(Map.of("message", "deleted " + old.id(), "version", old.version() + 1));
        });
    }

    private Change store(Change change) {
        truth.apply(List.of(change));
        return change;
    }

    private Answer run(Supplier<Answer> work) {
        Answer answer = truth.write(work);
        stored.run();
        return answer;
    }

    /// Gives the first answer again to the same key and body.
    private Answer create(Call call, Supplier<Answer> work) {
        if (call.idempotencyKey().isEmpty()) {
            return run(work);
        }
        String id = digest(call.access().id() + "\n" + call.idempotencyKey().get());
        String request = digest(call.target() + "\n" + call.body());
        Instant notBefore = call.now().minus(ANSWERS_KEPT);
        return run(() -> {
            Optional<SavedAnswer> saved = truth.answer(id, notBefore);
            if (saved.isPresent()) {
                if (!saved.get().request().equals(request)) {
                    throw Refusal.of(409, "Idempotency-Key was used for another request");
                }
                return new Answer(saved.get().status(), Map.of(),
                        JSON.readValue(saved.get().body(), FIELDS));
            }
            Answer answer = work.get();
            truth.saveAnswer(id,
                    new SavedAnswer(request, answer.status(),
                            JSON.writeValueAsString(answer.body())),
                    call.now(),
                    notBefore);
            return answer;
        });
    }

    private Change find(Call call, EntityKind kind, String id) {
        return exists(call, kind, id).orElseThrow(() -> Refusal.unknown(kind.word(), id));
    }

    private Optional<Change> exists(Call call, EntityKind kind, String id) {
        return ChangeKey.isId(id)
                ? truth.find(new ChangeKey(call.tenant(), kind, id))
                : Optional.empty();
    }

    private void unique(Call call, EntityKind kind, String text, String self) {
        truth.findUnique(call.tenant(), kind, text)
                .filter(c -> !c.id().equals(self))
                .ifPresent(_ -> {
                    throw Refusal.of(409, kind.word() + " already exists: " + text);
                });
    }

    private static List<String> visitors(Call call) {
        return call.texts("visitor_id").stream().map(v -> id("visitor_id", v)).distinct().toList();
    }

    /// An id from outside, held to the same alphabet as ours.
    private static String id(String field, String text) {
        if (!ChangeKey.isId(text)) {
            throw Refusal.invalid(field, "must be 1 to 200 visible ASCII characters without /");
        }
        return text;
    }

    private static String domain(String text) {
        if (!text.matches("[^\\s/@]{1,253}")) {
            throw Refusal.invalid("domain", "must be a domain name");
        }
        return text;
    }

    private static String email(String text) {
        if (!text.matches("[^@\\s]{1,100}@[^@\\s]{1,200}")) {
            throw Refusal.invalid("email", "must be an e-mail address");
        }
        return text;
    }

    private static ChangeKey key(Call call, EntityKind kind, String prefix) {
        String id = prefix + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
        return new ChangeKey(call.tenant(), kind, id.toLowerCase(Locale.ROOT));
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
