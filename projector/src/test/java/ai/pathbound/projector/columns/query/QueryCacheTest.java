package ai.pathbound.projector.columns.query;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Table;
import ai.pathbound.projector.columns.TableSettings;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class QueryCacheTest {
    private static final long MEMORY_BYTES = 4 << 20;
    private static final int SEGMENT_ROWS = 8;
    private static final int ROWS = 4 * SEGMENT_ROWS;
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    /// Tables come and go as those of tenants do; questions of every kind are asked of each, often
    /// enough that all is kept.
    @Test
    void tablesThatWereLetGo_areKeptByNoArea() {
        QueryEngine engine = QueryEngine.parallel(Runnable::run, 1, MEMORY_BYTES);
        List<WeakReference<Object>> gone = new ArrayList<>();
        for (int round = 0; round < 500; round++) {
            askOfATable(engine, round, gone);
        }
        for (QueryCache.Area area : QueryCache.Area.values()) {
            assertThat(engine.cache().bytes(area)).as("%s", area).isPositive();
        }
        assertThat(engine.cache().bytes()).isLessThanOrEqualTo(MEMORY_BYTES);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            System.gc();
            assertThat(gone.stream().filter(each -> each.get() != null).count()).isZero();
        });
    }

    @Test
    void bytesOfAllAreas_stayWithinTheBudget_howeverLittleItIs() {
        QueryEngine engine = QueryEngine.parallel(Runnable::run, 1, 10_000);
        for (int round = 0; round < 20; round++) {
            askOfATable(engine, round, new ArrayList<>());
            assertThat(engine.cache().bytes()).isBetween(0L, 10_000L);
        }
    }

    @Test
    void questionsOfTwoTables_areRememberedSideBySide() {
        QueryEngine engine = QueryEngine.parallel(Runnable::run, 1, MEMORY_BYTES);
        List<TableView> tenants = List.of(filled(1).view(), filled(2).view());
        GroupQuery byName = grouped(Key.values("name"), Metric.distinct("contact"));
        long scanned = 0;
        for (int round = 0; round < 4; round++) {
            for (TableView tenant : tenants) {
                Deadline deadline = Deadline.none();
                assertThat(engine.group(tenant, byName, deadline).totalGroups()).isEqualTo(8);
                scanned = round == 3 ? scanned + deadline.effort().rows() : 0;
            }
        }
        assertThat(scanned).as("rows read: those of the open tails")
                .isEqualTo((long) tenants.size() * SEGMENT_ROWS);
    }

    @Test
    void aQuestionTooLargeToKeep_isAnsweredAndNotKept() {
        QueryEngine engine = QueryEngine.parallel(Runnable::run, 1, 100_000);
        TableView view = filled(1).view();
        Set<Value> many = new java.util.HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            many.add(Value.text("no such name " + i));
        }
        many.add(Value.text("name 1"));
        Filter filter = new Filter.In(Operand.field("name"), many, false);
        for (int time = 0; time < 3; time++) {
            assertThat(engine.count(view, filter, Deadline.none())).isEqualTo(ROWS / 8);
        }
        assertThat(engine.cache().bytes()).isLessThan(100_000);
    }

    private static Table filled(int round) {
        Table table = new Table(new TableSettings(SEGMENT_ROWS, 20, Map.of()));
        for (int row = 0; row < ROWS; row++) {
            table.append(
                    Map.of("id",
                            Value.text("id " + round + " " + row),
                            "name",
                            Value.text("name " + row % 8),
                            "contact",
                            Value.text("ct_" + row % 5),
                            "list",
                            Value.json("[\"a\",\"b" + row % 3 + "\"]"),
                            "at",
                            Value.time(START.plusSeconds(3600L * row)),
                            "amount",
                            Value.number(row * 0.5)));
        }
        table.publish();
        return table;
    }

    private static GroupQuery grouped(Key key, Metric metric) {
        return new GroupQuery(Filter.EVERYTHING, List.of(key), List.of(metric), List.of(), 10);
    }

    private static void askOfATable(QueryEngine engine,
            int round,
            List<WeakReference<Object>> gone) {
        TableView view = filled(round).view();
        Dictionary contacts = Objects
                .requireNonNull(view.dictionary(new ColumnId("contact", Kind.TEXT)));
        Dictionary names = Objects
                .requireNonNull(view.dictionary(new ColumnId("name", Kind.TEXT)));
        gone.add(new WeakReference<>(view));
        view.dictionaries().values().forEach(each -> gone.add(new WeakReference<>(each)));
        view.parts().forEach(part -> {
            gone.add(new WeakReference<>(part));
            gone.add(new WeakReference<>(part.block(new ColumnId("name", Kind.TEXT))));
            gone.add(new WeakReference<>(part.block(new ColumnId("amount", Kind.WHOLE))));
        });
        gone.removeIf(each -> each.get() == null);
        BitSet live = new BitSet();
        live.set(1, contacts.size() + 1);
        int[] first = new int[contacts.size() + 1];
        java.util.Arrays.fill(first, 1, first.length, 1);
        Operand owner = new Operand.Owner("contact", CodeSet.copyOf(live), "name",
                new CodeMap(new int[names.size() + 1], contacts));
        Operand mapped = new Operand.Mapped(Operand.field("contact"), new CodeMap(first, names));
        for (int time = 0; time < 3; time++) {
            Operand between = new Operand.Mapped(Operand.field("id"),
                    engine.between(view, "id", "name"));
            for (Filter filter : filters(mapped)) {
                engine.count(view, filter, Deadline.none());
                engine.page(view,
                        new PageQuery(filter, List.of(PageQuery.Sort.by("name", true)), 0, 5),
                        Deadline.none());
            }
            for (Operand operand : List.of(owner, mapped, between, Operand.field("name"))) {
                engine.group(view,
                        grouped(new Key.Values(operand), new Metric.CountDistinct(operand)),
                        Deadline.none());
                engine.group(view, grouped(new Key.Values(operand), Metric.COUNT), Deadline.none());
            }
            engine.group(view,
                    grouped(Key.bucket("at", TimeUnit.DAY, ZoneOffset.UTC), Metric.sum("amount")),
                    Deadline.none());
            Filter has = new Filter.Exists(mapped);
            CodeSet latest = engine.latestBefore(view,
                    has,
                    mapped,
                    "at",
                    START.plusSeconds(1L << 40).toEpochMilli(),
                    Deadline.none());
            assertThat(
                    engine.count(view,
                            new Filter.InCodes(Operand.field("name"), latest),
                            Deadline.none()))
                    .isEqualTo(ROWS / 8);
            assertThat(
                    engine.ranked(view,
                            Filter.EVERYTHING,
                            "name",
                            engine.latest(view, has, mapped, "at", Deadline.none()),
                            true,
                            0,
                            3,
                            Deadline.none()))
                    .isEqualTo(
                            new Latest.Ranked(List.of("name 0", "name 7", "name 6"), 8));
        }
    }

    private static List<Filter> filters(Operand mapped) {
        Operand name = Operand.field("name");
        return List.of(
                Filter.EVERYTHING,
                new Filter.Contains(name, "E 1"),
                new Filter.HasMember(Operand.field("list"), "b1"),
                new Filter.Exists(name),
                new Filter.Not(new Filter.Exists(mapped)),
                new Filter.In(name, Set.of(Value.text("NAME 2")), true),
                new Filter.Range(Operand.field("amount"), Optional.of(Value.number(3)), true,
                        Optional.empty(), false));
    }
}
