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
        /// Nothing.
        public static final Outcome OLD_NEWS = new Outcome(Effect.NONE, List.of());
    }

    /// What becomes of the entity.
    public enum Effect {
        NONE, STORED, DELETED
    }

    /// A change and the rows that follow from it alone.
    ///
    /// @param change null for a delete that names no version: a tombstone
    /// @param document what is stored of it; null for a delete
    public record Prepared(ChangeKey key,
            @Nullable Change change,
            @Nullable Document document,
            List<KeyValue<Bytes, byte[]>> derived) {
        /// Keys of the documents to hold it against: the entity's own and that of the one it hangs on.
        public List<Bytes> documents() {
            Bytes own = Bytes.wrap(Keys.document(key));
            return owner().map(owner -> List.of(own, Bytes.wrap(Keys.document(owner))))
                    .orElse(List.of(own));
        }

        private Optional<ChangeKey> owner() {
            return change == null ? Optional.empty() : Projection.owner(change);
        }
    }

    /// The document rows so far.
    @FunctionalInterface
    public interface Documents {
        /// The row, or null where there is none.
        byte @Nullable [] get(Bytes key);
    }

    private final Documents documents;

    public Projection(Documents documents) {
        this.documents = documents;
    }

    /// Prepares a change. Throws [IllegalArgumentException] naming the value when an id inside it cannot
    /// be part of a key.
    ///
    /// @param bytes the record the change was decoded from; kept as the document
    public static Prepared prepare(ChangeKey key,
            @Nullable Change change,
            byte @Nullable [] bytes) {
        if (change == null || bytes == null || change.isDelete()) {
            return new Prepared(key, change, null, List.of());
        }
        return new Prepared(key, change, Document.live(change.version(), bytes),
                DerivedRows.of(change));
    }

    /// What the change comes to; nothing is written yet.
    public Outcome outcome(Prepared prepared) {
        ChangeKey key = prepared.key();
        Change change = prepared.change();
        Document old = document(key);
        if (old != null && old.isDeleted()) {
            return Outcome.OLD_NEWS;
        }
        Document now = prepared.document();
        if (now == null) {
            return deletion(key, old, change == null ? 0 : change.version());
        }
        if (old != null && old.version() >= now.version()) {
            return Outcome.OLD_NEWS;
        }
        if (isOrphaned(prepared)) {
            return deletion(key, old, now.version());
        }
        List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
        removeOld(key, old, prepared.derived(), rows);
        rows.addAll(prepared.derived());
        rows.add(row(Keys.document(key), now.row()));
        return new Outcome(Effect.STORED, rows);
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

    private boolean isOrphaned(Prepared prepared) {
        return prepared.owner().map(this::document).filter(Document::isDeleted).isPresent();
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
        return Document.of(documents.get(Bytes.wrap(Keys.document(key))));
    }

    private static KeyValue<Bytes, byte[]> row(byte[] key, byte @Nullable [] value) {
        return KeyValue.pair(Bytes.wrap(key), value);
    }
}
