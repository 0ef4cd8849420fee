package ai.pathbound.projector.columns.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.pathbound.projector.columns.Seeds;
import ai.pathbound.projector.columns.Table;
import ai.pathbound.projector.columns.TableSettings;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Distinct counts beyond their bound of memory: estimates near the exact numbers, and saying so.
class EstimatesTest {
    private static final int ROWS = 20_000;
    /// Five standard deviations: a seed in two million may lie outside by chance.
    private static final double DEVIATIONS = 5;
    private static final GroupQuery QUERY = new GroupQuery(Filter.EVERYTHING,
            List.of(Key.values("group")),
            List.of(Metric.COUNT, Metric.distinct("text"), Metric.distinct("number")),
            List.of(new GroupQuery.Order.ByMetric(0, true)), 3);

    static LongStream seeds() {
        return Seeds.seeds();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void distinctValues_beyondTheBound_areEstimatedWithinTheErrorTheyName(long seed) {
        TableView view = view(new Random(seed));
        GroupResult exact = QueryEngine.simple().group(view, QUERY, Deadline.none());
        assertThat(exact.estimated()).isEmpty();
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            QueryEngine engine = QueryEngine.parallel(executor, 2, 8 << 20)
                    .withDistinctBytesMax(2_000);
            for (int again = 0; again < 4; again++) {
                GroupResult estimated = engine.group(view, QUERY, Deadline.none());
                assertThat(estimated.estimated()).containsOnlyKeys(1, 2);
                for (int group = 0; group < exact.groups().size(); group++) {
                    assertNear(
                            estimated,
                            estimated.groups().get(group).metrics(),
                            exact.groups().get(group).metrics());
                }
                assertNear(estimated, estimated.totals(), exact.totals());
                assertNear(estimated, estimated.other(), exact.other());
            }
        }
    }

    private static void assertNear(GroupResult result,
            List<Optional<Value>> estimated,
            List<Optional<Value>> exact) {
        assertThat(estimated.getFirst()).isEqualTo(exact.getFirst());
        result.estimated().forEach((metric, error) -> {
            double wanted = number(exact.get(metric));
            assertThat(number(estimated.get(metric)))
                    .isCloseTo(wanted, within(1 + DEVIATIONS * error * wanted));
        });
    }

    private static double number(Optional<Value> value) {
        return value.orElseThrow() instanceof Value.Whole(long number) ? number : Double.NaN;
    }

    private static TableView view(Random random) {
        Table table = new Table(new TableSettings(1 + random.nextInt(4_000), 10, Map.of()));
        int texts = 1 + random.nextInt(30_000);
        for (int row = 0; row < ROWS; row++) {
            int number = random.nextInt(texts);
            table.append(
                    Map.of(
                            "group",
                            Value.text("g" + (int) (5 * random.nextDouble() * random.nextDouble())),
                            "text",
                            Value.text("t" + number),
                            "number",
                            random.nextBoolean()
                                    ? Value.number(number)
                                    : Value.number(number + 0.5)));
        }
        table.publish();
        return table.view();
    }
}
