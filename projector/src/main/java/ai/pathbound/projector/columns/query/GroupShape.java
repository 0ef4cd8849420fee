package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which accumulators the metrics of a query need: metrics of one operand share them.
///
/// @param numbers operands of sums, means and extremes
/// @param distincts operands whose distinct values are counted
record GroupShape(List<Key> keys,
        List<Metric> metrics,
        List<Operand> numbers,
        List<Operand> distincts,
        Thresholds thresholds) {
    /// Rows only.
    static final GroupShape COUNT = new GroupShape(List.of(),
            List.of(),
            List.of(),
            List.of(),
            Thresholds.DEFAULT);

    static GroupShape of(GroupQuery query, Thresholds thresholds) {
        List<Operand> numbers = new ArrayList<>();
        List<Operand> distincts = new ArrayList<>();
        for (Metric metric : query.metrics()) {
            switch (metric) {
                case Metric.Count _ -> {
                }
                case Metric.CountDistinct(Operand operand) -> addOnce(distincts, operand);
                case Metric.Sum(Operand operand) -> addOnce(numbers, operand);
                case Metric.Avg(Operand operand) -> addOnce(numbers, operand);
                case Metric.Min(Operand operand) -> addOnce(numbers, operand);
                case Metric.Max(Operand operand) -> addOnce(numbers, operand);
            }
        }
        return new GroupShape(query.keys(), query.metrics(), numbers, distincts, thresholds);
    }

    /// Whether nothing is asked of a group but its rows.
    boolean isCountOnly() {
        return numbers.isEmpty() && distincts.isEmpty();
    }

    /// Whether the smallest or largest number of an operand is asked for.
    boolean hasExtremes(Operand operand) {
        return metrics.contains(new Metric.Min(operand))
                || metrics.contains(new Metric.Max(operand));
    }

    private static void addOnce(List<Operand> operands, Operand operand) {
        if (!operands.contains(operand)) {
            operands.add(operand);
        }
    }

    Optional<Value> value(Metric metric, GroupTable table, int group) {
        return switch (metric) {
            case Metric.Count _ -> Optional.of(new Value.Whole(table.count(group)));
            case Metric.CountDistinct(Operand operand) -> Optional
                    .of(new Value.Whole(table.distinct(distincts.indexOf(operand)).count(group)));
            case Metric.Sum(Operand operand) -> numbers(table, operand).sum(group);
            case Metric.Avg(Operand operand) -> numbers(table, operand).avg(group);
            case Metric.Min(Operand operand) -> numbers(table, operand).extreme(group, false);
            case Metric.Max(Operand operand) -> numbers(table, operand).extreme(group, true);
        };
    }

    private Numbers numbers(GroupTable table, Operand operand) {
        return table.numbers(numbers.indexOf(operand));
    }
}
