package ai.pathbound.sandbox.hostile;

import ai.pathbound.sandbox.store.Change;
import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/// Generated data of a tenant whose ids, addresses, domains, names and visitors are those of every
/// other tenant, and whose other texts and property names hold a word of its own. A few ids with the
/// word in them are the tenant's alone.
final class Marked {
    static final int CONTACTS = 12;
    static final int COMPANIES = 5;
    static final int EVENTS = 150;
    static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final String[] NAMES = {"Ana", "Ben", "Cleo"};

    private final String tenant;
    private final String word;
    private final Random random;
    private final List<Change> changes = new ArrayList<>();

    private Marked(String tenant, String word, long seed) {
        this.tenant = tenant;
        this.word = word;
        random = new Random(seed * 31 + tenant.hashCode());
    }

    static List<Change> of(String tenant, String word, long seed) {
        Marked data = new Marked(tenant, word, seed);
        for (int i = 0; i < COMPANIES; i++) {
            data.company("co_" + i, "firm" + i + ".test");
        }
        data.company("co_" + word, word + ".test");
        for (int i = 0; i < CONTACTS; i++) {
            data.contact("ct_" + i, "person" + i + "@firm.test", "v_" + i);
        }
        data.contact("ct_" + word, word + "@firm.test", "v_" + word);
        for (int i = 0; i < EVENTS; i++) {
            data.event("evt_" + i);
        }
        data.event("evt_" + word);
        return data.changes;
    }

    private void company(String id, String domain) {
        Map<String, PropertyValue> properties = texts();
        properties.put("domain", new PropertyValue(domain));
        properties.put("name", new PropertyValue("Firm"));
        properties.put("employee_count", new PropertyValue(random.nextLong(1000)));
        Instant at = someTime();
        put(
                EntityKind.COMPANY,
                id,
                Company.newBuilder()
                        .setProperties(properties)
                        .setCreatedAt(at)
                        .setUpdatedAt(at)
                        .build());
        put(
                EntityKind.COMPANY_NOTE,
                "note_" + id,
                CompanyNote.newBuilder()
                        .setCompanyId(id)
                        .setContent("About the " + word)
                        .setAuthorName(word)
                        .setCreatedAt(at)
                        .setUpdatedAt(at)
                        .build());
    }

    private void contact(String id, String email, String visitor) {
        Map<String, PropertyValue> properties = texts();
        properties.put("email", new PropertyValue(email));
        properties.put("firstname", new PropertyValue(NAMES[random.nextInt(NAMES.length)]));
        properties.put("lastname", new PropertyValue("Ruiz"));
        Instant at = someTime();
        put(
                EntityKind.CONTACT,
                id,
                Contact.newBuilder()
                        .setProperties(properties)
                        .setCompanyId("co_" + random.nextInt(COMPANIES))
                        .setVisitorIds(List.of(visitor))
                        .setCreationSource(word)
                        .setCreatedAt(at)
                        .setUpdatedAt(at)
                        .build());
        put(
                EntityKind.CONTACT_NOTE,
                "note_" + id,
                ContactNote.newBuilder()
                        .setContactId(id)
                        .setContent("Likes the " + word)
                        .setAuthorName(word)
                        .setCreatedAt(at)
                        .setUpdatedAt(at)
                        .build());
        put(
                EntityKind.CONVERSATION,
                "conv_" + id,
                Conversation.newBuilder()
                        .setContactId(id)
                        .setChannel("gmail")
                        .setSubject("Your " + word)
                        .setParticipants(List.of(email))
                        .setStartedAt(at)
                        .setLastMessageAt(at)
                        .build());
        put(
                EntityKind.MESSAGE,
                "msg_" + id,
                Message.newBuilder()
                        .setConversationId("conv_" + id)
                        .setContactId(id)
                        .setChannel("gmail")
                        .setDirection("inbound")
                        .setSender(email)
                        .setSubject("Your " + word)
                        .setBody("We saw a " + word)
                        .setSentAt(at)
                        .build());
    }

    /// A third of the events name their contact, the others its visitor or nobody's.
    private void event(String id) {
        int who = random.nextInt(CONTACTS);
        boolean named = random.nextInt(3) == 0;
        Map<String, PropertyValue> data = texts();
        data.put("amount", new PropertyValue(random.nextLong(1_000_000)));
        put(
                EntityKind.EVENT,
                id,
                Event.newBuilder()
                        .setName(random.nextBoolean() ? "page_view" : "saw_" + word)
                        .setTimestamp(someTime())
                        .setContactId(named ? "ct_" + who : null)
                        .setVisitorId(named ? null : "v_" + (who + random.nextInt(2)))
                        .setUrl("https://www.firm.test/" + word)
                        .setDomain(random.nextBoolean() ? "www.firm.test" : word + ".test")
                        .setBrowser(word)
                        .setData(data)
                        .build());
    }

    private Map<String, PropertyValue> texts() {
        Map<String, PropertyValue> texts = new HashMap<>();
        for (String name : new String[]{"jobtitle", "city", "industry", "country", "company",
                "lead_status", "lifecyclestage", "secret", "only_" + word}) {
            texts.put(name, new PropertyValue(word + random.nextInt(3)));
        }
        return texts;
    }

    private Instant someTime() {
        return START.plusSeconds(random.nextInt(90 * 86_400));
    }

    private void put(EntityKind kind, String id, SpecificRecord body) {
        changes.add(
                new Change(new ChangeKey(tenant, kind, id), 1, START, "api", Map.of(), body));
    }
}
