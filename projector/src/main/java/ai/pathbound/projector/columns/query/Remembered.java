package ai.pathbound.projector.columns.query;

import java.util.List;

/// What answers are remembered under: questions equal to those asked, but with empty maps of the same
/// names. A tenant's maps take megabytes and change with each claim of a visitor; remembered answers
/// must not keep the old ones.
final class Remembered {
    private Remembered() {}

    static GroupShape of(GroupShape shape) {
        return new GroupShape(shape.keys().stream().map(Remembered::of).toList(),
                shape.metrics().stream().map(Remembered::of).toList(), of(shape.numbers()),
                of(shape.distincts()), shape.thresholds());
    }

    private static List<Operand> of(List<Operand> operands) {
        return operands.stream().map(Remembered::of).toList();
    }

    static Filter of(Filter filter) {
        return switch (filter) {
            case Filter.All(var all) -> new Filter.All(all.stream().map(Remembered::of).toList());
            case Filter.Any(var any) -> new Filter.Any(any.stream().map(Remembered::of).toList());
            case Filter.Not(Filter inner) -> new Filter.Not(of(inner));
            case Filter.In(Operand operand, var values, boolean ignoreCase) ->
                new Filter.In(of(operand), values, ignoreCase);
            case Filter.Range range -> new Filter.Range(of(range.operand()), range.from(),
                    range.fromInclusive(), range.to(), range.toInclusive());
            case Filter.Exists(Operand operand) -> new Filter.Exists(of(operand));
            case Filter.Contains(Operand operand, String part) ->
                new Filter.Contains(of(operand), part);
            case Filter.HasMember(Operand operand, String member) ->
                new Filter.HasMember(of(operand), member);
            case Filter.InCodes(Operand operand, CodeSet codes) ->
                new Filter.InCodes(of(operand), codes.emptied());
        };
    }

    private static Key of(Key key) {
        return switch (key) {
            case Key.Values(Operand operand) -> new Key.Values(of(operand));
            case Key.Bucket bucket ->
                new Key.Bucket(of(bucket.operand()), bucket.unit(), bucket.zone());
            case Key.HourOfDay hour -> new Key.HourOfDay(of(hour.operand()), hour.zone());
            case Key.DayOfWeek day -> new Key.DayOfWeek(of(day.operand()), day.zone());
        };
    }

    private static Metric of(Metric metric) {
        return switch (metric) {
            case Metric.Count count -> count;
            case Metric.CountDistinct(Operand operand) -> new Metric.CountDistinct(of(operand));
            case Metric.Sum(Operand operand) -> new Metric.Sum(of(operand));
            case Metric.Avg(Operand operand) -> new Metric.Avg(of(operand));
            case Metric.Min(Operand operand) -> new Metric.Min(of(operand));
            case Metric.Max(Operand operand) -> new Metric.Max(of(operand));
        };
    }

    static Operand of(Operand operand) {
        return switch (operand) {
            case Operand.Field field -> field;
            case Operand.Mapped(Operand from, CodeMap map) ->
                new Operand.Mapped(of(from), map.emptied());
            case Operand.Owner owner -> new Operand.Owner(owner.contact(), owner.live().emptied(),
                    owner.visitor(), owner.claims().emptied());
        };
    }
}
