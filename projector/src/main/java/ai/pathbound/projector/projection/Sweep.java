package ai.pathbound.projector.projection;

import ai.pathbound.projector.state.Document;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.projector.state.Keys.Relation;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// Removes the content that hung on deleted contacts and companies, a bounded piece at a time, so
/// that no single delete does unbounded work. Readers never see it meanwhile: they ask for the owner
/// first.
///
/// A sweep row names an owner with children left. Every step is a plain overwrite, so a crash in the
/// middle repeats nothing but work.
public final class Sweep {
    private static final Map<Relation, EntityKind> CHILDREN_OF_CONTACT = Map.of(
            Relation.CONTACT_NOTE,
            EntityKind.CONTACT_NOTE,
            Relation.CONTACT_CONVERSATION,
            EntityKind.CONVERSATION,
            Relation.CONTACT_MESSAGE,
            EntityKind.MESSAGE);
    private static final Map<Relation, EntityKind> CHILDREN_OF_COMPANY = Map
            .of(Relation.COMPANY_NOTE, EntityKind.COMPANY_NOTE);

    private final KeyValueStore<Bytes, byte[]> store;

    public Sweep(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /// Deletes up to `entitiesMax` orphans.
    public void run(int entitiesMax) {
        int left = entitiesMax;
        for (KeyValue<Bytes, byte[]> row : rows(Keys.sweeps(), entitiesMax)) {
            ChangeKey owner = Keys.sweepOf(row.key.get());
            Map<Relation, EntityKind> children = owner.kind() == EntityKind.CONTACT
                    ? CHILDREN_OF_CONTACT
                    : CHILDREN_OF_COMPANY;
            for (Map.Entry<Relation, EntityKind> child : children.entrySet()) {
                left -= delete(owner, child.getKey(), child.getValue(), left);
            }
            if (left <= 0) {
                return;
            }
            store.put(row.key, null);
        }
    }

    private int delete(ChangeKey owner, Relation relation, EntityKind kind, int max) {
        byte[] prefix = Keys.links(owner.tenant(), relation, owner.id());
        List<KeyValue<Bytes, byte[]>> links = rows(prefix, max);
        for (KeyValue<Bytes, byte[]> link : links) {
            String id = Keys.rest(link.key.get(), prefix);
            ChangeKey key = new ChangeKey(owner.tenant(), kind,
                    id.substring(id.lastIndexOf('/') + 1));
            Document document = Document.of(store.get(Bytes.wrap(Keys.document(key))));
            List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
            rows.add(KeyValue.pair(link.key, null));
            if (document != null && !document.isDeleted()) {
                DerivedRows.of(document.decode(kind))
                        .forEach(derived -> rows.add(KeyValue.pair(derived.key, null)));
                rows.add(
                        KeyValue.pair(
                                Bytes.wrap(Keys.document(key)),
                                Document.deleted(document.version()).row()));
            }
            store.putAll(rows);
        }
        return links.size();
    }

    private List<KeyValue<Bytes, byte[]>> rows(byte[] prefix, int max) {
        List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> found = store
                .prefixScan(prefix, new ByteArraySerializer())) {
            while (found.hasNext() && rows.size() < max) {
                rows.add(found.next());
            }
        }
        return rows;
    }
}
