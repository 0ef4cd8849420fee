package ai.pathbound.sandbox.store;

import ai.pathbound.schemas.change.CompanyChange;
import ai.pathbound.schemas.change.ContactChange;
import ai.pathbound.schemas.change.Deleted;
import ai.pathbound.schemas.change.EventChange;
import ai.pathbound.schemas.change.PropertySource;
import ai.pathbound.schemas.codec.ChangeCodec;
import ai.pathbound.schemas.codec.UnreadableChangeException;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/// One version of one entity: its whole state as it stands on disk and travels on the feed.
///
/// @param body the Avro body, such as a `Contact`, or `Deleted`
public record Change(ChangeKey key,
        long version,
        Instant occurredAt,
        String source,
        Map<String, PropertySource> provenance,
        SpecificRecord body) {
    static {
        ChangeCodec.load();
    }

    public Change {
        if (version < 1) {
            throw new IllegalArgumentException("version of " + key + " must be at least 1");
        }
        provenance = Map.copyOf(provenance);
    }

    /// The change that makes the entity go away.
    public Change deleted(Instant at) {
        return new Change(key, version + 1, at, "api", Map.of(), new Deleted());
    }

    /// The next version of the entity with this state.
    public Change next(Instant at,
            String by,
            Map<String, PropertySource> sources,
            SpecificRecord state) {
        return new Change(key, version + 1, at, by, sources, state);
    }

    public boolean isDelete() {
        return body instanceof Deleted;
    }

    public String id() {
        return key.id();
    }

    public String tenant() {
        return key.tenant();
    }

    public <T> T body(Class<T> type) {
        return type.cast(body);
    }

    /// The bytes of the change record.
    public byte[] encode() {
        String changeId = key.id() + "@" + version;
        return switch (key.kind()) {
            case CONTACT, CONTACT_NOTE, CONVERSATION, MESSAGE -> ChangeCodec.CONTACT.encode(
                    ContactChange.newBuilder()
                            .setChangeId(changeId)
                            .setTenantId(key.tenant())
                            .setEntityId(key.id())
                            .setVersion(version)
                            .setOccurredAt(occurredAt)
                            .setSource(source)
                            .setProvenance(provenance)
                            .setBody(body)
                            .build());
            case COMPANY, COMPANY_NOTE -> ChangeCodec.COMPANY.encode(
                    CompanyChange.newBuilder()
                            .setChangeId(changeId)
                            .setTenantId(key.tenant())
                            .setEntityId(key.id())
                            .setVersion(version)
                            .setOccurredAt(occurredAt)
                            .setSource(source)
                            .setProvenance(provenance)
                            .setBody(body)
                            .build());
            case EVENT -> ChangeCodec.EVENT.encode(
                    EventChange.newBuilder()
                            .setChangeId(changeId)
                            .setTenantId(key.tenant())
                            .setEntityId(key.id())
                            .setVersion(version)
                            .setOccurredAt(occurredAt)
                            .setSource(source)
                            .setProvenance(provenance)
                            .setBody(body)
                            .build());
        };
    }

    /// Reads what [#encode] wrote.
    static Change decode(EntityKind kind, byte[] bytes) {
        try {
            return switch (kind) {
                case CONTACT, CONTACT_NOTE, CONVERSATION, MESSAGE -> {
                    ContactChange c = ChangeCodec.CONTACT.decode(bytes);
                    yield new Change(new ChangeKey(c.getTenantId(), kind, c.getEntityId()),
                            c.getVersion(), c.getOccurredAt(), c.getSource(), c.getProvenance(),
                            (SpecificRecord) c.getBody());
                }
                case COMPANY, COMPANY_NOTE -> {
                    CompanyChange c = ChangeCodec.COMPANY.decode(bytes);
                    yield new Change(new ChangeKey(c.getTenantId(), kind, c.getEntityId()),
                            c.getVersion(), c.getOccurredAt(), c.getSource(), c.getProvenance(),
                            (SpecificRecord) c.getBody());
                }
                case EVENT -> {
                    EventChange c = ChangeCodec.EVENT.decode(bytes);
                    yield new Change(new ChangeKey(c.getTenantId(), kind, c.getEntityId()),
                            c.getVersion(), c.getOccurredAt(), c.getSource(), c.getProvenance(),
                            (SpecificRecord) c.getBody());
                }
            };
        } catch (UnreadableChangeException e) {
            throw new IllegalStateException("a stored " + kind.word() + " cannot be read", e);
        }
    }
}
