package ai.pathbound.projector.state;

import ai.pathbound.schemas.change.CompanyChange;
import ai.pathbound.schemas.change.ContactChange;
import ai.pathbound.schemas.change.Deleted;
import ai.pathbound.schemas.change.EventChange;
import ai.pathbound.schemas.change.PropertySource;
import ai.pathbound.schemas.codec.ChangeCodec;
import ai.pathbound.schemas.codec.RecentTexts;
import ai.pathbound.schemas.codec.UnreadableChangeException;
import ai.pathbound.schemas.topics.EntityKind;
import ai.pathbound.schemas.topics.Topics;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A decoded change of any topic: the envelope all three share, and the body.
///
/// @param occurredAt when the backend accepted it
/// @param body the entity's whole state, or [Deleted]
public record Change(String tenant,
        String entityId,
        long version,
        Instant occurredAt,
        String source,
        Map<String, PropertySource> provenance,
        Object body) {
    /// How deep lists and objects of a property may lie in each other: an answer adds some levels, and
    /// nobody reads JSON of more than 64.
    public static final int PROPERTY_DEPTH_MAX = 48;

    /// Decodes a record of the topic that carries this kind.
    public static Change decode(EntityKind kind, byte[] bytes) throws UnreadableChangeException {
        return decode(kind, bytes, 0, null);
    }

    /// Decodes a record that ends these bytes.
    ///
    /// @param from where the record begins
    /// @param recent the texts that one who reads many has read lately
    public static Change decode(EntityKind kind,
            byte[] bytes,
            int from,
            @Nullable RecentTexts recent) throws UnreadableChangeException {
        return switch (kind.topic()) {
            case Topics.CONTACT_CHANGES -> of(ChangeCodec.CONTACT.decode(bytes, from, recent));
            case Topics.COMPANY_CHANGES -> of(ChangeCodec.COMPANY.decode(bytes, from, recent));
            case Topics.EVENT_CHANGES -> of(ChangeCodec.EVENT.decode(bytes, from, recent));
            default -> throw new IllegalStateException("no codec for " + kind.topic());
        };
    }

    private static Change of(ContactChange c) {
        return new Change(c.getTenantId(), c.getEntityId(), c.getVersion(), c.getOccurredAt(),
                c.getSource(), c.getProvenance(), c.getBody());
    }

    private static Change of(CompanyChange c) {
        return new Change(c.getTenantId(), c.getEntityId(), c.getVersion(), c.getOccurredAt(),
                c.getSource(), c.getProvenance(), c.getBody());
    }

    private static Change of(EventChange c) {
        return new Change(c.getTenantId(), c.getEntityId(), c.getVersion(), c.getOccurredAt(),
                c.getSource(), c.getProvenance(), c.getBody());
    }

    public boolean isDelete() {
        return body instanceof Deleted;
    }
}
