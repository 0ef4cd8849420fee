package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Value;
import java.util.List;
import java.util.Set;

/// About how much memory questions take as keys of a cache.
final class Sizes {
    private static final int NODE = 64;

    private Sizes() {}

    static long of(Filter filter) {
        return NODE + switch (filter) {
            case Filter.All(List<Filter> all) -> all.stream().mapToLong(Sizes::of).sum();
            case Filter.Any(List<Filter> any) -> any.stream().mapToLong(Sizes::of).sum();
            case Filter.Not(Filter inner) -> of(inner);
            case Filter.In(Operand operand, Set<Value> values, boolean _) ->
                of(operand) + values.stream().mapToLong(Sizes::of).sum();
            case Filter.Range range -> of(range.operand()) + 2 * NODE;
            case Filter.Exists(Operand operand) -> of(operand);
            case Filter.Contains(Operand operand, String part) -> of(operand) + of(part);
            case Filter.HasMember(Operand operand, String member) -> of(operand) + of(member);
            case Filter.InCodes(Operand operand, CodeSet _) -> of(operand) + NODE;
        };
    }

    static long of(GroupShape shape) {
        return NODE * (2L + shape.metrics().size())
                + shape.keys().stream().mapToLong(key -> NODE + of(key.operand())).sum()
                + shape.numbers().stream().mapToLong(Sizes::of).sum()
                + shape.distincts().stream().mapToLong(Sizes::of).sum();
    }

    static long of(List<PageQuery.Sort> sorts) {
        return sorts.stream().mapToLong(sort -> NODE + of(sort.operand())).sum();
    }

    private static long of(Operand operand) {
        return NODE + switch (operand) {
            case Operand.Field(String name) -> of(name);
            case Operand.Mapped(Operand from, CodeMap _) -> of(from) + NODE;
            case Operand.Owner owner -> of(owner.contact()) + of(owner.visitor()) + 2 * NODE;
        };
    }

    private static long of(Value value) {
        return NODE + switch (value) {
            case Value.Text(String text) -> of(text);
            case Value.Json(String text) -> of(text);
            case Value.Whole _,Value.Floating _,Value.Bool _,Value.Time _ -> 0;
        };
    }

    static long of(String text) {
        return NODE + 2L * text.length();
    }
}
