package ai.pathbound.projector.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/// Which entities are dirty, as rows, and how long the rows stay.
final class DirtyRowsTest {
    private static final TableName EVENTS = new TableName("acme", EntityKind.EVENT);

    private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("rows").get();
    private final DirtyRemoval removal = new DirtyRemoval(EVENTS);

    @Test
    void entitiesThatChangedTogether_shareARow() {
        DirtyRows dirty = new DirtyRows(table -> !table.kind().equals(EntityKind.CONTACT));
        dirty.add(event("a"), 4);
        dirty.add(new ChangeKey("acme", EntityKind.COMPANY, "c"), 7);
        dirty.add(new ChangeKey("acme", EntityKind.CONTACT, "x"), 9);
        dirty.add(event("b"), 5);
        dirty.add(event("a"), 6);
        List<KeyValue<Bytes, byte[]>> rows = dirty.rows();
        assertThat(rows).extracting(row -> row.key)
                .containsExactly(
                        Bytes.wrap(Keys.dirtyIds("acme", EntityKind.EVENT, 6)),
                        Bytes.wrap(Keys.dirty("acme", EntityKind.COMPANY, "c")));
        assertThat(DirtyRows.ids(rows.getFirst().value)).containsExactly("a", "b");
        assertThat(rows.getLast().value).isEmpty();
    }

    @Test
    void otherBytes_areRefused() {
        for (byte[] row : List.of(new byte[0], new byte[]{2, 'a', 0}, new byte[]{1, 'a'})) {
            assertThatThrownBy(() -> DirtyRows.ids(row)).isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void afterACheckpoint_onlyTheOthersStay() {
        put(1, "a", "b");
        put(2, "c", "d");
        store.put(Bytes.wrap(Keys.dirty("acme", EntityKind.EVENT, "e")), new byte[0]);
        store.put(Bytes.wrap(Keys.dirty("acme", EntityKind.EVENT, "f")), new byte[0]);
        checkpoint(Set.of("d", "f"));
        assertThat(dirty()).containsExactly("c", "d", "f");
    }

    /// Each checkpoint finds one that changes all the time changed again.
    @Test
    void oneThatIsAlwaysDirty_keepsNoOtherRows() {
        for (int round = 0; round < 50; round++) {
            put(2L * round, "always", "once " + round);
            put(2L * round + 1, "always", "twice " + round);
            checkpoint(Set.of("always"));
        }
        assertThat(dirty()).hasSizeLessThan(10).contains("always");
    }

    @Test
    void rowNobodyCanRead_goes() {
        store.put(Bytes.wrap(Keys.dirtyIds("acme", EntityKind.EVENT, 3)), new byte[]{7});
        checkpoint(Set.of());
        assertThat(store.approximateNumEntries()).isZero();
    }

    private static ChangeKey event(String id) {
        return new ChangeKey("acme", EntityKind.EVENT, id);
    }

    private void put(long offset, String... ids) {
        DirtyRows dirty = new DirtyRows(_ -> true);
        for (String id : ids) {
            dirty.add(event(id.replace(' ', '-')), offset);
        }
        store.putAll(dirty.rows());
    }

    private void checkpoint(Set<String> changedSince) {
        RowBatches rows = new RowBatches(store);
        removal.run(store, changedSince::contains, rows);
        rows.flush();
    }

    private Set<String> dirty() {
        Set<String> ids = new TreeSet<>();
        byte[] alone = Keys.dirty("acme", EntityKind.EVENT);
        try (KeyValueIterator<Bytes, byte[]> rows = store.all()) {
            rows.forEachRemaining(row -> {
                if (row.value.length == 0) {
                    ids.add(Keys.rest(row.key.get(), alone));
                } else {
                    ids.addAll(DirtyRows.ids(row.value));
                }
            });
        }
        return ids;
    }
}
