package ai.pathbound.projector.columns.query;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.columns.History;
import ai.pathbound.projector.columns.RowModel;
import ai.pathbound.projector.columns.Seeds;
import ai.pathbound.projector.columns.Table;
import ai.pathbound.projector.columns.TableSettings;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Questions with views of different age meet in one engine: what is remembered for one must be right
/// for all others.
class ViewsSideBySideTest {
    private static final long MEMORY_BYTES = 64L << 20;

    static LongStream seeds() {
        return Seeds.seeds();
    }

    @Test
    void page_ofAnOlderView_hasTheRowThatDiedSince() {
        QueryEngine engine = QueryEngine.parallel(Runnable::run, 1, MEMORY_BYTES);
        Table table = new Table(new TableSettings(100, 10, Map.of()));
        long first = table.append(Map.of("name", Value.text("a")));
        long second = table.append(Map.of("name", Value.text("b")));
        long third = table.append(Map.of("name", Value.text("c")));
        table.publish();
        TableView before = table.view();
        table.kill(first);
        table.publish();
        PageQuery byName = new PageQuery(Filter.EVERYTHING,
                List.of(PageQuery.Sort.by("name", false)), 0, 10);
        assertThat(engine.page(table.view(), byName, Deadline.none()).rows())
                .containsExactly(second, third);
        assertThat(engine.page(before, byName, Deadline.none()).rows())
                .containsExactly(first, second, third);
        assertThat(engine.page(table.view(), byName, Deadline.none()).rows())
                .containsExactly(second, third);
    }

    /// A table at one moment, and what its rows were.
    private record Moment(TableView view, RowModel model) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answers_ofViewsInAnyOrder_agreeWithTheSlowModel(long seed) {
        Random random = new Random(seed);
        History history = new History(seed);
        history.run(150);
        // Little memory forgets all the time, much of it never.
        QueryEngine engine = QueryEngine
                .parallel(Runnable::run, 1, random.nextBoolean() ? 20_000 : MEMORY_BYTES)
                .with(new Thresholds(1 << 16, 1 << 22, 8 << 20, 1 + random.nextInt(8),
                        Thresholds.DISTINCT_BYTES_MAX));
        Questions questions = new Questions(random, List.of());
        List<PageQuery> pages = new ArrayList<>();
        List<GroupQuery> groups = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pages.add(questions.page());
            pages.add(sorted(random, questions.filter(1)));
            groups.add(questions.group());
        }
        List<Moment> moments = new ArrayList<>();
        for (int step = 0; step < 120; step++) {
            if (step % 4 == 0) {
                history.run(1 + random.nextInt(6));
                moments.add(new Moment(history.table.view(), history.model.copy()));
                moments.subList(0, Math.max(0, moments.size() - 3)).clear();
            }
            Moment moment = moments.get(random.nextInt(moments.size()));
            SlowModel model = new SlowModel(moment.model().rows(), _ -> {
                throw new AssertionError("no derived operand was asked about");
            });
            PageQuery page = pages.get(random.nextInt(pages.size()));
            PageResult found = engine.page(moment.view(), page, Deadline.none());
            assertThat(found.rows()).as("%s", page).isEqualTo(model.page(page));
            assertThat(found.total()).isEqualTo(model.count(page.filter()));
            assertThat(engine.count(moment.view(), page.filter(), Deadline.none()))
                    .isEqualTo(model.count(page.filter()));
            GroupQuery group = groups.get(random.nextInt(groups.size()));
            assertThat(engine.group(moment.view(), group, Deadline.none())).as("%s", group)
                    .isEqualTo(model.group(group));
        }
    }

    /// From the beginning, so that runs are used up.
    private static PageQuery sorted(Random random, Filter filter) {
        String field = List.of("at", "url", "amount", "event").get(random.nextInt(4));
        return new PageQuery(random.nextBoolean() ? Filter.EVERYTHING : filter,
                List.of(PageQuery.Sort.by(field, random.nextBoolean())), 0,
                10 + random.nextInt(150));
    }
}
