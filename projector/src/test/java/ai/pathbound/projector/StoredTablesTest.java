package ai.pathbound.projector;

import static ai.pathbound.projector.GeneratedHistory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.GeneratedHistory.Step;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.state.Document;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tables opened from the store against tables filled from its documents, for stores that a crash
/// left in any state. More seeds: `-Dpathbound.seeds=200`.
class StoredTablesTest {
    private static final int CHANGES = 250;
    private static final byte FIRST_FAMILY = Keys.checkpoints()[0];
    private static final byte LAST_PART_FAMILY = Keys.dead(TENANT, EntityKind.EVENT, 0)[0];

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("pathbound.seeds", 4));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyPrefixOfTheChangelog_opensAsItsDocumentsSay(long seed,
            @TempDir Path a,
            @TempDir Path b,
            @TempDir Path c) {
        List<KeyValue<Bytes, byte[]>> changelog = changelog(seed, a);
        try (TestProjector stored = new TestProjector(b);
                TestProjector plain = new TestProjector(c)) {
            for (int i = 0; i < changelog.size(); i++) {
                KeyValue<Bytes, byte[]> row = changelog.get(i);
                stored.store().put(row.key, row.value);
                if (row.key.get()[0] < FIRST_FAMILY) {
                    plain.store().put(row.key, row.value);
                }
                compare(stored, plain, "row " + i);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void afterACut_changesComeAgainAndTablesGoOn(long seed,
            @TempDir Path a,
            @TempDir Path b,
            @TempDir Path c) {
        Random random = new Random(seed);
        List<KeyValue<Bytes, byte[]>> changelog = changelog(seed, a);
        List<Step> history = GeneratedHistory.of(seed, CHANGES);
        int size = changelog.size();
        for (int round = 0; round < 8; round++) {
            int cut = size / 4 + random.nextInt(size * 3 / 4);
            try (TestProjector stored = new TestProjector(b.resolve("" + round));
                    TestProjector plain = new TestProjector(c.resolve("" + round))) {
                for (KeyValue<Bytes, byte[]> row : changelog.subList(0, cut)) {
                    stored.store().put(row.key, row.value);
                    if (row.key.get()[0] < FIRST_FAMILY) {
                        plain.store().put(row.key, row.value);
                    }
                }
                stored.restartTables();
                for (Step step : GeneratedHistory.shuffled(history, seed + round)) {
                    stored.send(step.key(), step.value());
                    plain.send(step.key(), step.value());
                    if (random.nextInt(15) == 0) {
                        stored.view(TENANT);
                        stored.advance(Duration.ofSeconds(1));
                        compare(stored, plain, "cut " + cut);
                    }
                }
                compare(stored, plain, "cut " + cut);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedPart_isNeverAnsweredFrom(long seed,
            @TempDir Path a,
            @TempDir Path b,
            @TempDir Path c) {
        Random random = new Random(seed);
        try (TestProjector stored = new TestProjector(b);
                TestProjector plain = new TestProjector(c)) {
            for (KeyValue<Bytes, byte[]> row : changelog(seed, a)) {
                stored.store().put(row.key, row.value);
                if (row.key.get()[0] < FIRST_FAMILY) {
                    plain.store().put(row.key, row.value);
                }
            }
            List<KeyValue<Bytes, byte[]>> parts = parts(stored);
            assertThat(parts).hasSizeGreaterThan(20);
            for (KeyValue<Bytes, byte[]> part : parts) {
                parts(stored).forEach(row -> stored.store().put(row.key, null));
                parts.forEach(row -> stored.store().put(row.key, row.value));
                stored.store().put(part.key, damaged(part.value, random));
                compare(stored, plain, "damaged " + part.key);
                // Stored anew, and good again.
                stored.view(TENANT);
                for (int run = 0; run < 20; run++) {
                    stored.advance(Duration.ofSeconds(1));
                }
                compare(stored, plain, "after damaged " + part.key);
                assertOpensWithoutDocuments(stored);
            }
        }
    }

    /// Documents of events that are not dirty are not read, so they may as well be empty.
    private static void assertOpensWithoutDocuments(TestProjector projector) {
        Map<String, Map<String, Value>> before = rows(projector.view(TENANT).events());
        List<KeyValue<Bytes, byte[]>> hidden = new ArrayList<>();
        for (String id : before.keySet()) {
            byte[] dirty = Keys.dirty(TENANT, EntityKind.EVENT, id);
            if (projector.store().get(Bytes.wrap(dirty)) == null) {
                Bytes key = Bytes.wrap(Keys.document(TENANT, EntityKind.EVENT, id));
                hidden.add(KeyValue.pair(key, projector.store().get(key)));
                projector.store().put(key, Document.live(1, new byte[0]).row());
            }
        }
        assertThat(hidden).isNotEmpty();
        projector.restartTables();
        assertThat(rows(projector.view(TENANT).events())).isEqualTo(before);
        hidden.forEach(row -> projector.store().put(row.key, row.value));
    }

    private static byte[] damaged(byte[] row, Random random) {
        byte[] other = row.clone();
        other[random.nextInt(row.length)] ^= (byte) (1 << random.nextInt(8));
        return other;
    }

    /// All rows of stored tables but the dirty ones.
    private static List<KeyValue<Bytes, byte[]>> parts(TestProjector projector) {
        List<KeyValue<Bytes, byte[]>> parts = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = projector.store()
                .range(
                        Bytes.wrap(new byte[]{FIRST_FAMILY}),
                        Bytes.wrap(new byte[]{(byte) (LAST_PART_FAMILY + 1)}))) {
            rows.forEachRemaining(parts::add);
        }
        return parts;
    }

    /// What a process wrote that was asked, stopped and started in between.
    private static List<KeyValue<Bytes, byte[]>> changelog(long seed, Path state) {
        Random random = new Random(seed);
        List<Step> history = GeneratedHistory.of(seed, CHANGES);
        try (TestProjector projector = new TestProjector(state)) {
            int steps = 0;
            for (Step step : GeneratedHistory.shuffled(history, seed)) {
                projector.send(step.key(), step.value());
                if (++steps % 12 == 0) {
                    projector.view(TENANT);
                    projector.advance(Duration.ofSeconds(1));
                }
                if (random.nextInt(50) == 0) {
                    projector.restartTables();
                }
            }
            return projector.changelog();
        }
    }

    private static void compare(TestProjector stored, TestProjector plain, String when) {
        stored.restartTables();
        plain.restartTables();
        TableView is = stored.view(TENANT).events();
        TableView should = plain.view(TENANT).events();
        assertThat(rows(is)).as(when).isEqualTo(rows(should));
        assertThat(is.liveRows()).as(when).isEqualTo(should.liveRows());
        assertThat(is.notKept()).as(when).isEqualTo(should.notKept());
        assertThat(rows(stored.view(TENANT).contacts())).as(when)
                .isEqualTo(rows(plain.view(TENANT).contacts()));
    }

    /// Live rows by their ids.
    static Map<String, Map<String, Value>> rows(TableView view) {
        Map<String, Map<String, Value>> rows = new HashMap<>();
        for (Part part : view.parts()) {
            for (int i = 0; i < part.rows(); i++) {
                if (!part.dead().isDead(i)) {
                    Map<String, Value> cells = view.row(part.rowNumber(i));
                    Value id = idOf(cells);
                    rows.put(id instanceof Value.Text(String text) ? text : id.toString(), cells);
                }
            }
        }
        return rows;
    }

    /// Of events, which may name a contact in a column of another name, and of the others.
    private static Value idOf(Map<String, Value> cells) {
        return List.of("event_id", "contact_id", "company_id")
                .stream()
                .flatMap(name -> Optional.ofNullable(cells.get(name)).stream())
                .findFirst()
                .orElseThrow();
    }
}
