package ai.pathbound.projector;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.state.Keys;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A batch of changes whose rows reached the changelog in part, and which comes again.
class RedoneBatchTest {
    private static final String TENANT = "acme";
    /// Two segments of a test table.
    private static final int STORED = 32;
    private static final int BATCH = 5;
    private static final int AFTER = 3;

    @ParameterizedTest(name = "again as batches of {0}")
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void batchCutAnywhere_thatComesAgain_leavesTablesThatOpenAsAReplay(int again,
            @TempDir Path folder) {
        List<KeyValue<ChangeKey, byte[]>> sent = sent();
        List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
        int before;
        Object replayed;
        try (TestProjector whole = TestProjector.continuing(folder.resolve("whole"),
                List.of(),
                (_, _, offset) -> offset >= STORED && offset < STORED + BATCH - 1)) {
            sent.subList(0, STORED).forEach(one -> whole.send(one.key, one.value));
            whole.view(TENANT);
            for (int run = 0; run < 20; run++) {
                whole.advance(Duration.ofSeconds(1));
            }
            rows.addAll(whole.changelog());
            before = rows.size();
            sent.subList(STORED, STORED + BATCH)
                    .forEach(one -> whole.send(one.key, one.value));
            rows.addAll(whole.changelog());
            sent.subList(STORED + BATCH, sent.size())
                    .forEach(one -> whole.send(one.key, one.value));
            replayed = events(whole);
        }
        assertThat(rows).anyMatch(
                row -> row.key
                        .equals(Bytes.wrap(Keys.checkpoint(TENANT, EntityKind.EVENT))));
        assertThat(rows.size() - before).isGreaterThan(2 * BATCH);
        for (int cut = before; cut <= rows.size(); cut++) {
            try (TestProjector cutOff = TestProjector.continuing(folder.resolve("" + cut),
                    rows.subList(0, cut),
                    (_, _, offset) -> offset < sent.size() - 1
                            && (offset - STORED) % again != again - 1)) {
                sent.forEach(one -> cutOff.send(one.key, one.value));
                assertThat(events(cutOff)).as("cut after row " + (cut - before))
                        .isEqualTo(replayed);
                cutOff.restartTables();
                assertThat(events(cutOff)).as("opened, cut after row " + (cut - before))
                        .isEqualTo(replayed);
            }
        }
    }

    private static Object events(TestProjector projector) {
        return StoredTablesTest.rows(projector.view(TENANT).events());
    }

    /// Events that get stored, then a batch of updates of some and of others that are new, then more.
    private static List<KeyValue<ChangeKey, byte[]>> sent() {
        List<KeyValue<ChangeKey, byte[]>> sent = new ArrayList<>();
        for (int i = 0; i < STORED; i++) {
            sent.add(event("evt_" + (10 + i), 1));
        }
        sent.add(event("evt_13", 2));
        sent.add(event("evt_new1", 1));
        sent.add(event("evt_17", 2));
        sent.add(event("evt_new2", 1));
        sent.add(event("evt_new1", 2));
        for (int i = 0; i < AFTER; i++) {
            sent.add(event("evt_after" + i, 1));
        }
        return sent;
    }

    private static KeyValue<ChangeKey, byte[]> event(String id, long version) {
        ChangeKey key = new ChangeKey(TENANT, EntityKind.EVENT, id);
        return KeyValue.pair(key,
                Changes.encode(key,
                        version,
                        Changes.event("page_view",
                                Changes.START.plusSeconds(version),
                                "ct_" + version,
                                null,
                                Map.of("version", version))));
    }
}
