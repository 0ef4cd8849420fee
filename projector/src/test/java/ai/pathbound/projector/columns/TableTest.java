package ai.pathbound.projector.columns;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.columns.query.Deadline;
import ai.pathbound.projector.columns.query.Filter;
import ai.pathbound.projector.columns.query.Operand;
import ai.pathbound.projector.columns.query.QueryEngine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableTest {
    static LongStream seeds() {
        return Seeds.seeds();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void view_afterAnyHistory_hasTheModelsRows(long seed) {
        History history = new History(seed);
        TableView before = history.table.view();
        for (int i = 0; i < 4; i++) {
            history.run(150);
            assertSame(history.table.view(), history.model);
        }
        assertThat(before.liveRows()).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void oldView_whileTheWriterGoesOn_staysAsItWas(long seed) {
        History history = new History(seed);
        history.run(200);
        TableView old = history.table.view();
        RowModel then = history.model.copy();
        history.run(300);
        assertSame(old, then);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void rowsLookedUpAheadByOtherThreads_areTheRowsAppended(long seed) {
        Random random = new Random(seed);
        Table table = new Table(new TableSettings(100, 30, Map.of()));
        Map<Long, Map<String, Value>> rows = new TreeMap<>();
        Queue<Map<String, Value>> cells = new ArrayDeque<>();
        Queue<CompletableFuture<List<Lookahead.Row>>> ahead = new ArrayDeque<>();
        for (int batch = 0; batch < 60; batch++) {
            List<Map<String, Value>> next = random.ints(50, 0, 200)
                    .mapToObj(i -> Map.of("a" + i % 35, Value.text("text " + i), "b", number(i)))
                    .toList();
            cells.addAll(next);
            Lookahead lookahead = table.lookahead();
            ahead.add(CompletableFuture
                    .supplyAsync(
                            () -> next.stream()
                                    .map(TableTest::cells)
                                    .map(lookahead::row)
                                    .toList()));
            while (ahead.size() > (batch == 59 ? 0 : 3)) {
                ahead.remove().join().forEach(row -> rows.put(table.append(row), cells.remove()));
            }
        }
        table.publish();
        assertThat(table.view().notKept()).hasSize(6);
        rows.forEach((number, row) -> {
            Map<String, Value> kept = new HashMap<>(row);
            kept.keySet().removeAll(table.view().notKept());
            assertThat(table.view().row(number)).isEqualTo(kept);
        });
    }

    private static Cells cells(Map<String, Value> row) {
        Cells cells = new Cells();
        row.forEach(cells::put);
        return cells;
    }

    private static Value number(int i) {
        return i % 3 == 0 ? Value.bool(i % 2 == 0) : Value.number(i % 2 == 0 ? i : i / 8.0);
    }

    static void assertSame(TableView view, RowModel model) {
        assertThat(view.liveRows()).isEqualTo(model.rows().size());
        List<Long> live = new ArrayList<>();
        for (Part part : view.parts()) {
            for (int i = 0; i < part.rows(); i++) {
                if (!part.dead().isDead(i)) {
                    live.add(part.rowNumber(i));
                }
            }
        }
        assertThat(live).isEqualTo(model.numbers());
        model.rows().forEach((row, cells) -> {
            assertThat(view.isLive(row)).isTrue();
            assertThat(view.row(row)).as("row %s", row).isEqualTo(cells);
        });
    }

    @Test
    void publish_afterFewRows_keepsAllPartsButTheLast() {
        Table table = new Table(new TableSettings(32_768, 10, Map.of()));
        Set<Part> seen = new HashSet<>();
        int made = 0;
        for (int row = 0; row < 20_000; row++) {
            table.append(Map.of("number", Value.number(row)));
            if (row % 100 == 0) {
                table.publish();
                int before = made;
                for (Part part : table.view().parts()) {
                    made += seen.add(part) ? part.rows() : 0;
                }
                // Rows left over, or a large run that was several small ones.
                assertThat(made - before).isLessThanOrEqualTo(4096 + 512);
                assertThat(table.view().parts()).hasSizeLessThanOrEqualTo(13);
            }
        }
        // Each row a few times, however many rows there are before it.
        assertThat(made).isLessThan(20_000 * 6);
    }

    @Test
    void append_invisibleUntilPublished() {
        Table table = new Table(new TableSettings(4, 10, Map.of()));
        table.append(Map.of("a", Value.number(1)));
        assertThat(table.view().liveRows()).isZero();
        table.publish();
        assertThat(table.view().liveRows()).isOne();
    }

    @Test
    void column_beyondTheMaximum_isNamedAsNotKept() {
        Table table = new Table(new TableSettings(4, 2, Map.of()));
        long row = table.append(Map.of("a", Value.number(1)));
        table.append(Map.of("b", Value.number(1)));
        table.append(Map.of("c", Value.number(1), "a", Value.text("x")));
        table.publish();
        assertThat(table.view().names()).containsExactly("a", "b");
        assertThat(table.view().notKept()).containsExactly("c");
        assertThat(table.view().kinds("a")).containsExactly(Kind.WHOLE, Kind.TEXT);
        assertThat(table.view().row(row)).isEqualTo(Map.of("a", Value.number(1)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("ai.pathbound.projector.columns.Seeds#seeds")
    void columnsKept_areTheSame_inWhateverOrderRowsCome(long seed) {
        List<Map<String, Value>> rows = new ArrayList<>();
        Map<String, Value> wide = new HashMap<>();
        for (int i = 0; i < 2 * OpenColumns.WIDE_CELLS; i++) {
            wide.put("aaa" + i, Value.number(i));
        }
        rows.add(wide);
        for (int i = 0; i < 12; i++) {
            rows.add(Map.of("n"
                    + i, Value.number(i), "m" + i % 4, Value.text("x"), "z", Value.number(i)));
        }
        Collections.shuffle(rows, new Random(seed));
        Table table = new Table(
                new TableSettings(4, 10, Map.of(), Set.of("z")));
        rows.forEach(row -> {
            if (new Random(seed + row.size()).nextBoolean()) {
                table.append(row);
            } else {
                table.append(table.lookahead().row(cells(row)));
            }
        });
        table.publish();
        assertThat(table.view().names()).containsExactlyInAnyOrder("m0",
                "m1",
                "m2",
                "m3",
                "n0",
                "n1",
                "n10",
                "n11",
                "n2",
                "n3",
                "z");
        assertThat(table.view().notKept()).contains("n4", "n9", "aaa0");
        for (String name : table.view().names()) {
            long there = rows.stream().filter(row -> row.containsKey(name)).count();
            assertThat(
                    QueryEngine.simple()
                            .count(table.view(),
                                    new Filter.Exists(Operand.field(name)),
                                    Deadline.none()))
                    .as(name)
                    .isEqualTo(there);
        }
    }

    @Test
    void aColumnOnceDropped_isNeverTakenAgain() {
        Table table = new Table(new TableSettings(4, 1, Map.of()));
        table.append(Map.of("b", Value.number(1)));
        table.append(Map.of("a", Value.number(1)));
        table.append(Map.of("b", Value.number(2)));
        table.publish();
        assertThat(table.view().names()).containsExactly("a");
        assertThat(table.view().notKept()).containsExactly("b");
        assertThat(table.view().kinds("b")).isEmpty();
    }

    @Test
    void numbers_equalInDifferentSpelling_areOneValue() {
        assertThat(Value.number(5.0)).isEqualTo(Value.number(5));
        assertThat(Value.number(-0.0)).isEqualTo(Value.number(0));
        assertThat(Value.number(Long.MIN_VALUE)).isEqualTo(Value.number(-0x1p63));
    }

    @Test
    void publish_mostRowsDead_rewritesTheSegmentsAndKeepsRowNumbers() {
        Table table = new Table(new TableSettings(10, 10, Map.of()));
        for (int i = 0; i < 100; i++) {
            table.append(Map.of("n", Value.number(i)));
        }
        table.publish();
        for (int i = 0; i < 100; i++) {
            if (i % 10 != 3) {
                table.kill(i);
            }
        }
        for (int i = 0; i < 20; i++) {
            table.publish();
        }
        TableView view = table.view();
        assertThat(view.parts().stream().filter(Part::isSealed)).hasSize(1);
        assertThat(view.liveRows()).isEqualTo(10);
        assertThat(view.value(43, "n")).contains(Value.number(43));
        assertThat(view.value(44, "n")).isEmpty();
    }
}
