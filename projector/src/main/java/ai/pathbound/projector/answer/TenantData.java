package ai.pathbound.projector.answer;

import ai.pathbound.projector.rocks.Snapshot;
import ai.pathbound.projector.state.Change;
import ai.pathbound.projector.state.Document;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.projector.state.Keys.Relation;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One tenant's entities in one snapshot, with the rules that hold between them:
///
/// - an event belongs to the contact it names, as long as that contact exists; an event that names
///   none belongs to the contact that claims its visitor. Of several claims the oldest contact's
///   counts, of equally old ones the smallest id's;
/// - a contact has its company only while the company exists.
final class TenantData {
    private final Snapshot snapshot;
    private final String tenant;
    /// Contacts and companies of this question: twenty events name the same ones twenty times.
    private final Map<String, Optional<Change>> contacts = new HashMap<>();
    private final Map<String, Optional<Change>> companies = new HashMap<>();

    TenantData(Snapshot snapshot, String tenant) {
        this.snapshot = snapshot;
        this.tenant = tenant;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    String tenant() {
        return tenant;
    }

    /// The entity, if it exists and is not deleted.
    Optional<Change> find(EntityKind kind, String id) {
        return switch (kind) {
            case CONTACT -> contacts.computeIfAbsent(id, _ -> read(kind, id));
            case COMPANY -> companies.computeIfAbsent(id, _ -> read(kind, id));
            default -> read(kind, id);
        };
    }

    private Optional<Change> read(EntityKind kind, String id) {
        return document(kind, id).map(document -> document.decode(kind));
    }

    /// Those of the entities that exist, in the order of the ids.
    List<Change> findAll(EntityKind kind, Collection<String> ids) {
        List<byte[]> keys = new ArrayList<>(ids.size());
        for (String id : ids) {
            if (ChangeKey.isId(id)) {
                keys.add(Keys.document(tenant, kind, id));
            }
        }
        List<Change> found = new ArrayList<>(keys.size());
        for (byte[] row : snapshot.getAll(keys)) {
            live(row).ifPresent(document -> found.add(document.decode(kind)));
        }
        return found;
    }

    boolean exists(EntityKind kind, String id) {
        Optional<Change> known = switch (kind) {
            case CONTACT -> contacts.get(id);
            case COMPANY -> companies.get(id);
            default -> null;
        };
        return known == null ? document(kind, id).isPresent() : known.isPresent();
    }

    Optional<Change> company(Contact contact) {
        return contact.getCompanyId() == null
                ? Optional.empty()
                : find(EntityKind.COMPANY, contact.getCompanyId());
    }

    /// The id of the contact an event belongs to.
    Optional<String> owner(Event event) {
        if (event.getContactId() != null) {
            return Optional.of(event.getContactId())
                    .filter(id -> exists(EntityKind.CONTACT, id));
        }
        return Optional.ofNullable(event.getVisitorId()).flatMap(this::claimant);
    }

    /// The contact that owns what the visitor did anonymously.
    Optional<String> claimant(String visitor) {
        byte[] prefix = Keys.links(tenant, Relation.VISITOR_CONTACT, visitor);
        var best = new Object() {
            @Nullable
            String id;
            long createdAt;
        };
        // Rows come in the order of contact ids, so a tie stays with the smallest.
        snapshot.scan(prefix, (key, value) -> {
            long createdAt = ByteBuffer.wrap(value).getLong();
            if (best.id == null || createdAt < best.createdAt) {
                best.id = Keys.rest(key, prefix);
                best.createdAt = createdAt;
            }
            return true;
        });
        return Optional.ofNullable(best.id);
    }

    /// Far ends of an entity's links, in the order of ids, at most `max`.
    List<String> linked(Relation relation, String from, int max) {
        byte[] prefix = Keys.links(tenant, relation, from);
        List<String> ids = new ArrayList<>();
        snapshot.scan(prefix, (key, _) -> {
            ids.add(Keys.rest(key, prefix));
            return ids.size() < max;
        });
        return ids;
    }

    int countLinked(Relation relation, String from) {
        byte[] prefix = Keys.links(tenant, relation, from);
        return snapshot.count(prefix, prefix, Integer.MAX_VALUE);
    }

    private Optional<Document> document(EntityKind kind, String id) {
        if (!ChangeKey.isId(id)) {
            return Optional.empty();
        }
        return live(snapshot.get(Keys.document(tenant, kind, id)));
    }

    private static Optional<Document> live(byte @Nullable [] row) {
        return Optional.ofNullable(Document.of(row)).filter(document -> !document.isDeleted());
    }
}
