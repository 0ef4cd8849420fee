package ai.pathbound.projector.projection;

import ai.pathbound.projector.state.Change;
import ai.pathbound.projector.state.Document;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// What a change does to the rows. The same set of changes gives the same answers in any order and
/// with any repetition:
///
/// - of two states of an entity the higher version stays;
/// - a delete is final, whatever its version: ids are never used again;
/// - what hangs on a deleted contact or company (notes, conversations, messages) is deleted with it:
///   at once when it arrives later, by the [Sweep] when it was there before. Its events stay and are
///   nobody's: readers check the contact.
public final class Projection {
    /// What a change comes to.
    ///
    /// @param rows the rows that bring it about, in writing order, document last; a null value deletes
    ///     its row
    public record Outcome(Effect effect, List<KeyValue<Bytes, byte[]>> rows) {
        static final Outcome OLD_NEWS = new Outcome(Effect.NONE, List.of());
    }

    /// What becomes of the entity.
    public enum Effect {
        NONE, STORED, DELETED
    }

    private final KeyValueStore<Bytes, byte[]> store;

    public Projection(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /// What the change comes to; nothing is written yet.
    ///
    /// @param bytes the record the change was decoded from; kept as the document
    public Outcome change(ChangeKey key, Change change, byte[] bytes) {
        Document old = document(key);
        if (old != null && (old.isDeleted()
                || (!change.isDelete() && old.version() >= change.version()))) {
            return Outcome.OLD_NEWS;
        }
        if (change.isDelete() || isOrphaned(change)) {
            return deletion(key, old, change.version());
        }
        List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
        List<KeyValue<Bytes, byte[]>> derived = DerivedRows.of(change);
        removeOld(key, old, derived, rows);
        rows.addAll(derived);
        rows.add(row(Keys.document(key), Document.live(change.version(), bytes).row()));
        return new Outcome(Effect.STORED, rows);
    }

    /// What a delete that names no version comes to: a tombstone.
    public Outcome tombstone(ChangeKey key) {
        Document old = document(key);
        return old != null && old.isDeleted() ? Outcome.OLD_NEWS : deletion(key, old, 0);
    }

    private Outcome deletion(ChangeKey key,
            @Nullable Document old,
            long version) {
        List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
        removeOld(key, old, List.of(), rows);
        if (key.kind() == EntityKind.CONTACT || key.kind() == EntityKind.COMPANY) {
            rows.add(row(Keys.sweep(key), new byte[0]));
        }
        rows.add(row(Keys.document(key), Document.deleted(version).row()));
        return new Outcome(Effect.DELETED, rows);
    }

    private void removeOld(ChangeKey key,
            @Nullable Document old,
            List<KeyValue<Bytes, byte[]>> kept,
            List<KeyValue<Bytes, byte[]>> rows) {
        if (old == null) {
            return;
        }
        Set<Bytes> keys = new HashSet<>();
        kept.forEach(row -> keys.add(row.key));
        for (KeyValue<Bytes, byte[]> row : DerivedRows.of(old.decode(key.kind()))) {
            if (!keys.contains(row.key)) {
                rows.add(KeyValue.pair(row.key, null));
            }
        }
    }

    private boolean isOrphaned(Change change) {
        return owner(change).map(this::document).filter(Document::isDeleted).isPresent();
    }

    private static Optional<ChangeKey> owner(Change change) {
        return switch (change.body()) {
            case ContactNote note -> owner(change, EntityKind.CONTACT, note.getContactId());
            case Conversation conversation -> owner(
                    change,
                    EntityKind.CONTACT,
                    conversation.getContactId());
            case Message message -> owner(change, EntityKind.CONTACT, message.getContactId());
            case CompanyNote note -> owner(change, EntityKind.COMPANY, note.getCompanyId());
            default -> Optional.empty();
        };
    }

    private static Optional<ChangeKey> owner(Change change, EntityKind kind, String id) {
        return Optional.of(new ChangeKey(change.tenant(), kind, id));
    }

    private @Nullable Document document(ChangeKey key) {
        return Document.of(store.get(Bytes.wrap(Keys.document(key))));
    }

    private static KeyValue<Bytes, byte[]> row(byte[] key, byte @Nullable [] value) {
        return KeyValue.pair(Bytes.wrap(key), value);
    }
}
