package ai.pathbound.projector;

import static ai.pathbound.projector.GeneratedHistory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.GeneratedHistory.Step;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.state.Document;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.projector.tables.TenantView;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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
    private static final List<EntityKind> KINDS = List
            .of(EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.EVENT);
    private static final byte FIRST_FAMILY = Keys.checkpoints()[0];
    private static final byte DIRTY_FAMILY = Keys.dirtyIds(TENANT, EntityKind.EVENT)[0];
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
        List<Step> history = history(seed);
        int size = changelog.size();
        for (int round = 0; round < 8; round++) {
            int cut = size / 4 + random.nextInt(size * 3 / 4);
            // Kafka hands out again what was not committed, in other batches; a producer that starts
            // over sends the same changes in another order. Offsets begin at 0 in either case, which is
            // right for the first; rows that batches share must not meet those of other offsets.
            boolean again = round % 2 == 0;
            List<KeyValue<Bytes, byte[]>> left = changelog.subList(0, cut);
            try (TestProjector stored = TestProjector.continuing(b.resolve("" + round),
                    again ? left : withoutProgress(left),
                    (_, _, _) -> again && random.nextInt(8) > 0);
                    TestProjector plain = new TestProjector(c.resolve("" + round))) {
                for (KeyValue<Bytes, byte[]> row : left) {
                    if (row.key.get()[0] < FIRST_FAMILY) {
                        plain.store().put(row.key, row.value);
                    }
                }
                for (Step step : GeneratedHistory
                        .shuffled(history, again ? seed : seed + round)) {
                    stored.send(step.key(), step.value());
                    plain.send(step.key(), step.value());
                    if (random.nextInt(15) == 0) {
                        stored.view(TENANT);
                        stored.advance(Duration.ofSeconds(1));
                        compare(stored, plain, "cut " + cut);
                    }
                }
                stored.advance(Duration.ofSeconds(1));
                compare(stored, plain, "cut " + cut);
            }
        }
    }

    private static List<KeyValue<Bytes, byte[]>> withoutProgress(
            List<KeyValue<Bytes, byte[]>> rows) {
        byte progress = Keys.progress(0)[0];
        return rows.stream().filter(row -> row.key.get()[0] != progress).toList();
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
            List<KeyValue<Bytes, byte[]>> parts = rows(stored, LAST_PART_FAMILY);
            List<KeyValue<Bytes, byte[]>> all = rows(stored, DIRTY_FAMILY);
            assertThat(parts).hasSizeGreaterThan(20);
            for (KeyValue<Bytes, byte[]> part : parts) {
                rows(stored, DIRTY_FAMILY).forEach(row -> stored.store().put(row.key, null));
                all.forEach(row -> stored.store().put(row.key, row.value));
                stored.store().put(part.key, damaged(part.value, random));
                compare(stored, plain, "damaged " + part.key);
                // Stored anew, and good again.
                stored.view(TENANT);
                for (int run = 0; run < 20; run++) {
                    stored.advance(Duration.ofSeconds(1));
                }
                compare(stored, plain, "after damaged " + part.key);
                assertOpensWithoutDocuments(stored);
                assertThat(isStored(stored, EntityKind.CONTACT) || !hasManyContacts(seed)).isTrue();
            }
        }
    }

    /// Documents of entities that are not dirty are not read, so they may as well be empty.
    private static void assertOpensWithoutDocuments(TestProjector projector) {
        Map<EntityKind, Map<String, Map<String, Value>>> before = new EnumMap<>(EntityKind.class);
        List<KeyValue<Bytes, byte[]>> hidden = new ArrayList<>();
        for (EntityKind kind : KINDS) {
            Map<String, Map<String, Value>> rows = rows(table(projector, kind));
            before.put(kind, rows);
            boolean isStored = isStored(projector, kind);
            assertThat(isStored || kind != EntityKind.EVENT).isTrue();
            Set<String> dirty = dirty(projector, kind);
            for (String id : isStored ? rows.keySet() : Set.<String>of()) {
                if (!dirty.contains(id)) {
                    Bytes key = Bytes.wrap(Keys.document(TENANT, kind, id));
                    hidden.add(KeyValue.pair(key, projector.store().get(key)));
                    projector.store().put(key, Document.live(1, new byte[0]).row());
                }
            }
        }
        assertThat(hidden).isNotEmpty();
        projector.restartTables();
        for (EntityKind kind : KINDS) {
            assertThat(rows(table(projector, kind))).isEqualTo(before.get(kind));
        }
        hidden.forEach(row -> projector.store().put(row.key, row.value));
    }

    private static Set<String> dirty(TestProjector projector, EntityKind kind) {
        Set<String> ids = new HashSet<>();
        byte[] alone = Keys.dirty(TENANT, kind);
        byte[] together = Keys.dirtyIds(TENANT, kind);
        for (KeyValue<Bytes, byte[]> row : rows(projector, DIRTY_FAMILY)) {
            byte[] key = row.key.get();
            if (Arrays.equals(Arrays.copyOf(key, alone.length), alone)) {
                ids.add(Keys.rest(key, alone));
            } else if (Arrays.equals(Arrays.copyOf(key, together.length), together)) {
                String texts = new String(row.value, StandardCharsets.US_ASCII);
                ids.addAll(List.of(texts.substring(1).split("\0")));
            }
        }
        return ids;
    }

    private static boolean isStored(TestProjector projector, EntityKind kind) {
        return projector.store().get(Bytes.wrap(Keys.checkpoint(TENANT, kind))) != null;
    }

    /// With so few contacts that most of their rows die, or so many that they are stored in the end.
    private static List<Step> history(long seed) {
        return GeneratedHistory.of(seed, CHANGES, hasManyContacts(seed) ? 40 : 8);
    }

    /// Whether changes are written several at a time.
    private static boolean isBehind(long seed) {
        return seed / 2 % 2 == 1;
    }

    private static boolean hasManyContacts(long seed) {
        return seed % 2 == 1;
    }

    private static byte[] damaged(byte[] row, Random random) {
        byte[] other = row.clone();
        other[random.nextInt(row.length)] ^= (byte) (1 << random.nextInt(8));
        return other;
    }

    /// All rows of stored tables up to a family.
    private static List<KeyValue<Bytes, byte[]>> rows(TestProjector projector, byte lastFamily) {
        List<KeyValue<Bytes, byte[]>> parts = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = projector.store()
                .range(
                        Bytes.wrap(new byte[]{FIRST_FAMILY}),
                        Bytes.wrap(new byte[]{(byte) (lastFamily + 1)}))) {
            rows.forEachRemaining(parts::add);
        }
        return parts;
    }

    /// What a process wrote that was asked, stopped and started in between.
    private static List<KeyValue<Bytes, byte[]>> changelog(long seed, Path state) {
        Random random = new Random(seed);
        List<Step> history = history(seed);
        try (TestProjector projector = isBehind(seed)
                ? TestProjector.behind(state, random)
                : new TestProjector(state)) {
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
            // What was kept back.
            projector.advance(Duration.ofSeconds(1));
            return projector.changelog();
        }
    }

    private static void compare(TestProjector stored, TestProjector plain, String when) {
        stored.restartTables();
        plain.restartTables();
        for (EntityKind kind : KINDS) {
            TableView is = table(stored, kind);
            TableView should = table(plain, kind);
            assertThat(rows(is)).as(when).isEqualTo(rows(should));
            assertThat(is.liveRows()).as(when).isEqualTo(should.liveRows());
            assertThat(is.notKept()).as(when).isEqualTo(should.notKept());
        }
        // Whose events they are and whose company a contact is of.
        assertThat(stored.json(TENANT, EvictedTablesTest.COMPANIES)).as(when)
                .isEqualTo(plain.json(TENANT, EvictedTablesTest.COMPANIES));
    }

    private static TableView table(TestProjector projector, EntityKind kind) {
        TenantView view = projector.view(TENANT);
        return switch (kind) {
            case CONTACT -> view.contacts();
            case COMPANY -> view.companies();
            default -> view.events();
        };
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
