package ai.pathbound.projector;

import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.CompanyChange;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.ContactChange;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.EventChange;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.codec.ChangeCodec;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes for tests, short to write.
public final class Changes {
    public static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    private Changes() {}

    /// Encodes a change of the entity; the body says of which kind.
    public static byte[] encode(ChangeKey key, long version, Object body) {
        Instant at = START.plusSeconds(version);
        return switch (key.kind().topic()) {
            case Topics.CONTACT_CHANGES -> ChangeCodec.CONTACT.encode(
                    ContactChange.newBuilder()
                            .setChangeId(key + "@" + version)
                            .setTenantId(key.tenant())
                            .setEntityId(key.id())
                            .setVersion(version)
                            .setOccurredAt(at)
                            .setSource("api")
                            .setBody(body)
                            .build());
            case Topics.COMPANY_CHANGES -> ChangeCodec.COMPANY.encode(
                    CompanyChange.newBuilder()
                            .setChangeId(key + "@" + version)
                            .setTenantId(key.tenant())
                            .setEntityId(key.id())
                            .setVersion(version)
                            .setOccurredAt(at)
                            .setSource("api")
                            .setBody(body)
                            .build());
            default -> ChangeCodec.EVENT.encode(
                    EventChange.newBuilder()
                            .setChangeId(key + "@" + version)
                            .setTenantId(key.tenant())
                            .setEntityId(key.id())
                            .setVersion(version)
                            .setOccurredAt(at)
                            .setSource("tracker")
                            .setBody(body)
                            .build());
        };
    }

    public static Contact contact(Map<String, Object> properties,
            @Nullable String company,
            Instant createdAt,
            List<String> visitors) {
        return Contact.newBuilder()
                .setProperties(properties(properties))
                .setCompanyId(company)
                .setVisitorIds(visitors)
                .setCreationSource("manual")
                .setCreatedAt(createdAt)
                .setUpdatedAt(createdAt)
                .build();
    }

    public static ContactNote note(String contact, String content, Instant at) {
        return ContactNote.newBuilder()
                .setContactId(contact)
                .setContent(content)
                .setCreatedAt(at)
                .setUpdatedAt(at)
                .build();
    }

    public static Conversation conversation(String contact, String channel, Instant at) {
        return Conversation.newBuilder()
                .setContactId(contact)
                .setChannel(channel)
                .setSubject("About " + channel)
                .setStartedAt(at)
                .setLastMessageAt(at)
                .build();
    }

    public static Message message(String conversation,
            String contact,
            String channel,
            Instant at) {
        return Message.newBuilder()
                .setConversationId(conversation)
                .setContactId(contact)
                .setChannel(channel)
                .setDirection("inbound")
                .setSender("ana@acme.test")
                .setSentAt(at)
                .setBody("Hello")
                .build();
    }

    public static Company company(Map<String, Object> properties, Instant at) {
        return Company.newBuilder()
                .setProperties(properties(properties))
                .setCreatedAt(at)
                .setUpdatedAt(at)
                .build();
    }

    public static CompanyNote companyNote(String company, String content, Instant at) {
        return CompanyNote.newBuilder()
                .setCompanyId(company)
                .setContent(content)
                .setCreatedAt(at)
                .setUpdatedAt(at)
                .build();
    }

    public static Event event(String name,
            Instant at,
            @Nullable String contact,
            @Nullable String visitor,
            Map<String, Object> data) {
        return Event.newBuilder()
                .setName(name)
                .setTimestamp(at)
                .setContactId(contact)
                .setVisitorId(visitor)
                .setUrl("https://www.acme.test/" + name)
                .setDomain("www.acme.test")
                .setData(properties(data))
                .build();
    }

    static Map<String, PropertyValue> properties(Map<String, Object> plain) {
        Map<String, PropertyValue> values = new HashMap<>();
        plain.forEach((name, value) -> values.put(name, new PropertyValue(value)));
        return values;
    }
}
