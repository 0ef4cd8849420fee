package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which rows a question is about. A missing value passes no filter but `Not`.
public sealed interface Filter {
    /// Every row.
    Filter EVERYTHING = new All(List.of());

    record All(List<Filter> filters) implements Filter {
        public All {
            filters = List.copyOf(filters);
        }
    }

    record Any(List<Filter> filters) implements Filter {
        public Any {
            filters = List.copyOf(filters);
        }
    }

    record Not(Filter filter) implements Filter {}

    /// The value is one of these, of the same kind; numbers compare as numbers.
    record In(Operand operand, Set<Value> values, boolean ignoreCase) implements Filter {
        public In {
            values = Set.copyOf(values);
        }
    }

    /// Numbers or times in a range. Both ends must be numbers, or both times.
    record Range(Operand operand,
            Optional<Value> from,
            boolean fromInclusive,
            Optional<Value> to,
            boolean toInclusive) implements Filter {
        public Range {
            if (from.isEmpty() && to.isEmpty()) {
                throw new IllegalArgumentException("a range needs an end: " + operand);
            }
            boolean isTime = isTime(from.isPresent() ? from.get() : to.orElseThrow());
            if (to.isPresent() && isTime(to.get()) != isTime) {
                throw new IllegalArgumentException("ends of different kinds: " + from + ", " + to);
            }
        }

        boolean isOfTimes() {
            return isTime(from.isPresent() ? from.get() : to.orElseThrow());
        }

        private static boolean isTime(Value end) {
            return switch (end) {
                case Value.Time _ -> true;
                case Value.Whole _,Value.Floating _ -> false;
                case Value.Text _,Value.Bool _,Value.Json _ -> throw new IllegalArgumentException(
                        "a range is of numbers or times: " + end);
            };
        }
    }

    /// There is a value.
    record Exists(Operand operand) implements Filter {}

    /// A text that contains this one, whatever the case.
    record Contains(Operand operand, String part) implements Filter {}

    /// A JSON list that has this text as an element.
    record HasMember(Operand operand, String member) implements Filter {}

    /// The value is a text with one of these codes of its own dictionary, as [QueryEngine#latestBefore] finds
    /// them: a million ids take a bit each.
    record InCodes(Operand operand, CodeSet codes) implements Filter {}

    static Filter equal(String field, Value value) {
        return new In(new Operand.Field(field), Set.of(value), false);
    }

    static Filter equalIgnoringCase(String field, String text) {
        return new In(new Operand.Field(field), Set.of(new Value.Text(text)), true);
    }

    static Filter missing(String field) {
        return new Not(new Exists(new Operand.Field(field)));
    }

    /// From the first end inclusive to the second exclusive.
    static Filter between(String field, Value from, Value to) {
        return new Range(new Operand.Field(field), Optional.of(from), true, Optional.of(to), false);
    }
}
