package ai.pathbound.projector.projection;

import ai.pathbound.projector.state.Change;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.projector.state.Keys.Owner;
import ai.pathbound.projector.state.Keys.Relation;
import ai.pathbound.projector.state.TimelineEntry;
import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/// The link and timeline rows that follow from one entity's state: a pure function of its change.
///
/// An update therefore removes the rows of the old state that the new state does not have, and puts
/// the rows of the new one; no rule needs to know what changed.
final class DerivedRows {
    private static final byte[] NONE = {};
    private static final String GMAIL = "gmail";

    private final Change change;
    private final String tenant;
    private final List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();

    private DerivedRows(Change change) {
        this.change = change;
        tenant = change.tenant();
    }

    /// The rows; none for a delete. Throws [IllegalArgumentException] naming the value when
    /// an id inside the body cannot be part of a key.
    static List<KeyValue<Bytes, byte[]>> of(Change change) {
        DerivedRows derived = new DerivedRows(change);
        switch (change.body()) {
            case Contact contact -> derived.contact(contact);
            case ContactNote note -> derived.note(note);
            case Conversation conversation -> derived.conversation(conversation);
            case Message message -> derived.message(message);
            case Company company -> derived.company(company);
            case CompanyNote note -> derived
                    .link(Relation.COMPANY_NOTE, id(note.getCompanyId()), change.entityId());
            case Event event -> derived.event(event);
            default -> {
                // Deleted: nothing follows from it.
            }
        }
        return derived.rows;
    }

    private void contact(Contact contact) {
        text(contact.getProperties(),
                "email",
                email -> link(
                        Relation.EMAIL_CONTACT,
                        Keys.hex(email.toLowerCase(Locale.ROOT)),
                        change.entityId()));
        if (contact.getCompanyId() != null) {
            link(Relation.COMPANY_CONTACT, id(contact.getCompanyId()), change.entityId());
        }
        byte[] createdAt = ByteBuffer.allocate(Long.BYTES)
                .putLong(contact.getCreatedAt().toEpochMilli())
                .array();
        for (String visitor : contact.getVisitorIds()) {
            put(
                    Keys.link(tenant, Relation.VISITOR_CONTACT, id(visitor), change.entityId()),
                    createdAt);
        }
    }

    private void note(ContactNote note) {
        link(Relation.CONTACT_NOTE, id(note.getContactId()), change.entityId());
        entry(
                Owner.CONTACT,
                note.getContactId(),
                note.getCreatedAt().toEpochMilli(),
                EntityKind.CONTACT_NOTE,
                new TimelineEntry(change.source(), "note", "", firstLine(note.getContent())));
    }

    private void conversation(Conversation conversation) {
        link(
                Relation.CONTACT_CONVERSATION,
                id(conversation.getContactId()),
                change.entityId());
        // An e-mail thread shows as its messages.
        if (!conversation.getChannel().equals(GMAIL)) {
            entry(
                    Owner.CONTACT,
                    conversation.getContactId(),
                    conversation.getStartedAt().toEpochMilli(),
                    EntityKind.CONVERSATION,
                    new TimelineEntry(conversation.getChannel(), "conversation", "",
                            orEmpty(conversation.getSubject())));
        }
    }

    private void message(Message message) {
        link(
                Relation.CONTACT_MESSAGE,
                id(message.getContactId()),
                id(message.getConversationId()) + '/' + change.entityId());
        if (message.getChannel().equals(GMAIL)) {
            entry(
                    Owner.CONTACT,
                    message.getContactId(),
                    message.getSentAt().toEpochMilli(),
                    EntityKind.MESSAGE,
                    new TimelineEntry(message.getChannel(), "email", "",
                            orEmpty(message.getSubject())));
        }
    }

    private void company(Company company) {
        text(company.getProperties(),
                "domain",
                domain -> link(
                        Relation.DOMAIN_COMPANY,
                        Keys.hex(domain.toLowerCase(Locale.ROOT)),
                        change.entityId()));
    }

    private void event(Event event) {
        String contactId = event.getContactId();
        String visitorId = event.getVisitorId();
        if (contactId == null && visitorId == null) {
            return;
        }
        String[] title = {""};
        text(event.getData(), "title", value -> title[0] = value);
        entry(
                contactId == null ? Owner.VISITOR : Owner.CONTACT,
                id(contactId == null ? visitorId : contactId),
                event.getTimestamp().toEpochMilli(),
                EntityKind.EVENT,
                new TimelineEntry(change.source(), event.getName(), orEmpty(event.getUrl()),
                        title[0]));
    }

    private void link(Relation relation, String from, String to) {
        put(Keys.link(tenant, relation, from, to), NONE);
    }

    private void entry(Owner owner,
            String ownerId,
            long millis,
            EntityKind kind,
            TimelineEntry entry) {
        put(
                Keys.timeline(tenant, owner, ownerId, millis, kind, change.entityId()),
                entry.row());
    }

    private void put(byte[] key, byte[] value) {
        rows.add(KeyValue.pair(Bytes.wrap(key), value));
    }

    private static String id(String id) {
        if (!ai.pathbound.schemas.topics.ChangeKey.isId(id)) {
            throw new IllegalArgumentException("not an id: '" + firstLine(id) + "'");
        }
        return id;
    }

    private static void text(Map<String, PropertyValue> properties,
            String name,
            java.util.function.Consumer<String> use) {
        PropertyValue value = properties.get(name);
        if (value != null && value.getValue() instanceof String text && !text.isEmpty()) {
            use.accept(text);
        }
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        return line.length() <= 120 ? line : line.substring(0, 119) + "…";
    }
}
