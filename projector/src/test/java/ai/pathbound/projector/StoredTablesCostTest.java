package ai.pathbound.projector;

import static ai.pathbound.projector.GeneratedHistory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.state.Keys;
import ai.pathbound.projector.tables.TenantView;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stored tables cost and save. Prints figures; they mean something with
/// `-Dpathbound.measured=150000`.
class StoredTablesCostTest {
    private static final int EVENTS = Integer.getInteger("pathbound.measured", 3000);
    private static final int ROWS_PER_SEGMENT = Math.min(32_768, EVENTS / 4);

    @Test
    void storedEvents_openWithoutTheirDocuments(@TempDir Path state) {
        Map<Byte, Long> bytes = new TreeMap<>();
        try (TestProjector projector = new TestProjector(state, ROWS_PER_SEGMENT, 8 << 20)) {
            projector.view(TENANT);
            Random random = new Random(1);
            for (int i = 0; i < EVENTS; i++) {
                ChangeKey key = new ChangeKey(TENANT, EntityKind.EVENT,
                        "evt_" + new UUID(random.nextLong(), random.nextLong()));
                projector.send(key, Changes.encode(key, 1, event(i, random)));
                if (i % 5000 == 0) {
                    projector.advance(Duration.ofSeconds(1));
                    add(projector.changelog(), bytes);
                }
            }
            projector.advance(Duration.ofSeconds(1));
            add(projector.changelog(), bytes);
            double documents = perEvent(bytes, 0, Keys.checkpoints()[0]);
            double tables = perEvent(bytes, Keys.checkpoints()[0], 100);
            double stored = millis(projector, view -> view.events().liveRows());
            projector.store()
                    .put(Bytes.wrap(Keys.checkpoint(TENANT, EntityKind.EVENT)), null);
            double filled = millis(projector, view -> view.events().liveRows());
            System.out.printf(
                    Locale.ROOT,
                    "%d events; bytes written per event: %.0f for documents, %.0f for tables,"
                            + " by family %s; opened in %.0f ms, filled in %.0f ms%n",
                    EVENTS,
                    documents,
                    tables,
                    bytes,
                    stored,
                    filled);
            assertThat(tables).isPositive().isLessThan(documents);
        }
    }

    @Test
    void contactsAndTheirTables_takeSoManyBytesAndSoLongToOpen(@TempDir Path state) {
        Map<Byte, Long> bytes = new TreeMap<>();
        try (TestProjector projector = new TestProjector(state, ROWS_PER_SEGMENT, 8 << 20)) {
            projector.view(TENANT);
            Random random = new Random(1);
            for (int i = 0; i < EVENTS; i++) {
                ChangeKey key = new ChangeKey(TENANT, EntityKind.CONTACT,
                        "ct_" + new UUID(random.nextLong(), random.nextLong()));
                Object contact = GeneratedBodies.contact(random,
                        key.id(),
                        "co_" + random.nextInt(2000),
                        Changes.START.plusSeconds(i),
                        List.of("vis_" + new UUID(random.nextLong(), random.nextLong())));
                projector.send(key, Changes.encode(key, 1, contact));
                if (i % 5000 == 0) {
                    projector.advance(Duration.ofSeconds(1));
                    add(projector.changelog(), bytes);
                }
            }
            projector.advance(Duration.ofSeconds(1));
            add(projector.changelog(), bytes);
            double tables = perEvent(bytes, Keys.checkpoints()[0], 100);
            ToLongFunction<TenantView> rows = view -> view.contacts().liveRows();
            double stored = millis(projector, rows);
            projector.store()
                    .put(Bytes.wrap(Keys.checkpoint(TENANT, EntityKind.CONTACT)), null);
            double filled = millis(projector, rows);
            System.out.printf(
                    Locale.ROOT,
                    "%d contacts; bytes written per contact: %.0f for documents, %.0f for tables,"
                            + " by family %s; opened in %.0f ms, filled in %.0f ms%n",
                    EVENTS,
                    perEvent(bytes, 0, Keys.checkpoints()[0]),
                    tables,
                    bytes,
                    stored,
                    filled);
            assertThat(tables).isPositive();
        }
    }

    private static double millis(TestProjector projector, ToLongFunction<TenantView> rows) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            projector.restartTables();
            long begin = System.nanoTime();
            assertThat(rows.applyAsLong(projector.view(TENANT))).isEqualTo(EVENTS);
            best = Math.min(best, (System.nanoTime() - begin) / 1e6);
        }
        return best;
    }

    private static Object event(int number, Random random) {
        return Changes.event(
                random.nextInt(4) == 0 ? "signup" : "page_view",
                Changes.START.plusMillis(700L * number),
                random.nextInt(3) == 0 ? "ct_" + random.nextInt(2000) : null,
                "vis_" + random.nextInt(20_000),
                Map.of("title", "Page " + random.nextInt(500), "scroll", random.nextLong(100)));
    }

    private static void add(List<KeyValue<Bytes, byte[]>> rows, Map<Byte, Long> bytes) {
        for (KeyValue<Bytes, byte[]> row : rows) {
            long size = (long) row.key.get().length + (row.value == null ? 0 : row.value.length);
            bytes.merge(row.key.get()[0], size, Long::sum);
        }
    }

    private static double perEvent(Map<Byte, Long> bytes, int from, int to) {
        return bytes.entrySet()
                .stream()
                .filter(family -> family.getKey() >= from && family.getKey() < to)
                .mapToLong(Map.Entry::getValue)
                .sum() / (double) EVENTS;
    }
}
