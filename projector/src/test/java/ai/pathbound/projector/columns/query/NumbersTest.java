package ai.pathbound.projector.columns.query;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.columns.Seeds;
import ai.pathbound.projector.columns.Table;
import ai.pathbound.projector.columns.TableSettings;
import ai.pathbound.projector.columns.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NumbersTest {
    private static final String N = "n";
    private static final GroupQuery SUM = new GroupQuery(Filter.EVERYTHING, List.of(),
            List.of(Metric.sum(N), new Metric.Avg(Operand.field(N))), List.of(), 1);

    static LongStream seeds() {
        return Seeds.seeds();
    }

    /// Sizes far apart, so that each order of adding rounds otherwise.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sums_areThoseOfDecimalNumbers_howeverPartsAreAdded(long seed) {
        Random random = new Random(seed);
        Table table = new Table(new TableSettings(1 + random.nextInt(20), 5, Map.of()));
        QueryEngine engine = QueryEngine.parallel(Runnable::run, 3, 1 << 20);
        BigDecimal sum = BigDecimal.ZERO;
        int rows = 0;
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 60; i++) {
                Value number = random.nextInt(4) == 0
                        ? Value.number(random.nextLong() / (1 + random.nextInt(5)))
                        : Value.number(
                                random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
                sum = sum.add(decimal(number));
                table.append(Map.of(N, number));
                rows++;
            }
            table.publish();
            for (int again = 0; again < 3; again++) {
                for (QueryEngine each : List.of(engine, QueryEngine.simple())) {
                    assertThat(each.group(table.view(), SUM, Deadline.none()).totals())
                            .containsExactly(
                                    Optional.of(Value.number(sum.doubleValue())),
                                    Optional.of(Value.number(sum.doubleValue() / rows)));
                }
            }
        }
    }

    private static BigDecimal decimal(Value number) {
        return switch (number) {
            case Value.Whole(long whole) -> BigDecimal.valueOf(whole);
            case Value.Floating(double floating) -> new BigDecimal(floating);
            default -> throw new AssertionError(number);
        };
    }

    @Test
    void sumsBeyondALong_thatComeBack_areWhole() {
        assertThat(totals(Long.MAX_VALUE, Long.MAX_VALUE, -Long.MAX_VALUE).getFirst())
                .contains(Value.number(Long.MAX_VALUE));
    }

    @Test
    void sumsBeyondADouble_areTheLargest_andTheirMeansRight() {
        assertThat(totals(1.5e308, 1.5e308))
                .containsExactly(
                        Optional.of(Value.number(Double.MAX_VALUE)),
                        Optional.of(Value.number(1.5e308)));
        assertThat(totals(1.5e308, 1.5e308, -1.5e308, -1.5e308, 2.5).getFirst())
                .contains(Value.number(2.5));
    }

    private static List<Optional<Value>> totals(Number... numbers) {
        Table table = new Table(new TableSettings(2, 5, Map.of()));
        for (Number number : numbers) {
            table.append(
                    Map.of(N,
                            number instanceof Long whole
                                    ? Value.number(whole)
                                    : Value.number(number.doubleValue())));
        }
        table.publish();
        return QueryEngine.simple().group(table.view(), SUM, Deadline.none()).totals();
    }

    @Test
    void rangesAtTheEndsOfNumbers_holdWhatTheySay() {
        List<Value> numbers = List.of(Value.number(Long.MAX_VALUE),
                Value.number(Long.MIN_VALUE + 1),
                Value.number(Long.MIN_VALUE),
                Value.number(Double.MAX_VALUE),
                Value.number(-Double.MAX_VALUE),
                Value.number(0x1p63),
                Value.number(-0x1.8p63),
                Value.number(0),
                Value.number(0.5));
        Table table = new Table(new TableSettings(2, 5, Map.of()));
        numbers.forEach(number -> table.append(Map.of(N, number)));
        table.publish();
        for (Value end : numbers) {
            for (boolean inclusive : List.of(true, false)) {
                List<Long> above = new ArrayList<>();
                List<Long> below = new ArrayList<>();
                for (int row = 0; row < numbers.size(); row++) {
                    int order = decimal(numbers.get(row)).compareTo(decimal(end));
                    if (order > 0 || (order == 0 && inclusive)) {
                        above.add((long) row);
                    }
                    if (order < 0 || (order == 0 && inclusive)) {
                        below.add((long) row);
                    }
                }
                assertThat(rows(table, Optional.of(end), Optional.empty(), inclusive))
                        .as("above %s, %s", end, inclusive)
                        .isEqualTo(above);
                assertThat(rows(table, Optional.empty(), Optional.of(end), inclusive))
                        .as("below %s, %s", end, inclusive)
                        .isEqualTo(below);
            }
        }
    }

    private static List<Long> rows(Table table,
            Optional<Value> from,
            Optional<Value> to,
            boolean inclusive) {
        return QueryEngine.simple()
                .page(table.view(),
                        new PageQuery(
                                new Filter.Range(Operand.field(N), from, inclusive, to, inclusive),
                                List.of(), 0, 100),
                        Deadline.none())
                .rows();
    }
}
