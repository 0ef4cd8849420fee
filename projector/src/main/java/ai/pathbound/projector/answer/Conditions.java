package ai.pathbound.projector.answer;

import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.query.Filter;
import ai.pathbound.projector.columns.query.Operand;
import ai.pathbound.projector.query.Question.Condition;
import ai.pathbound.projector.query.Question.Operator;
import ai.pathbound.projector.query.TimeText;
import ai.pathbound.projector.tables.ColumnNames;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Conditions of an aggregation as filters.
final class Conditions {
    private static final String SEGMENT = "segment_id";
    /// A number as JSON spells it; Java would also take `5d` and hexadecimal digits.
    private static final Pattern NUMBER = Pattern
            .compile("-?(0|[1-9]\\d{0,399})(\\.\\d{1,400})?([eE][-+]?\\d{1,4})?");
    /// Digits of a number's plain spelling that a text may have to be that number.
    private static final int PLAIN_DIGITS_MAX = 40;

    private final Fields fields;

    Conditions(Fields fields) {
        this.fields = fields;
    }

    Filter filter(Condition condition) throws InvalidArgument {
        if (condition.field().equals(SEGMENT) && fields.haveSegments()) {
            return segment(condition);
        }
        Operand operand = operand("filters", condition.field());
        return switch (condition.operator()) {
            case EQ, IN -> in(operand, condition);
            case NE, NOT_IN -> new Filter.Not(in(operand, condition));
            case EXISTS -> new Filter.Exists(operand);
            case MISSING -> new Filter.Not(new Filter.Exists(operand));
            case CONTAINS -> new Filter.Contains(operand, text(condition));
            case GT, GTE, LT, LTE -> range(operand, condition);
        };
    }

    /// The field's place; for an unknown one names those that are nearest.
    Operand operand(String argument, String field) throws InvalidArgument {
        Optional<Operand> found = fields.find(field);
        if (found.isPresent()) {
            return found.get();
        }
        if (fields.isNotKept(field)) {
            throw new InvalidArgument(argument,
                    "'" + field + "' is one of more properties than can be asked about in this"
                            + " account and is not kept");
        }
        throw new InvalidArgument(argument, "has the unknown field '" + field + "'"
                + Nearest.hint(field, names(argument)));
    }

    private Collection<String> names(String argument) {
        Set<String> names = new TreeSet<>(fields.names());
        if (argument.equals("filters") && fields.haveSegments()) {
            names.add(SEGMENT);
        }
        if (argument.equals("group_by")) {
            names.addAll(List.of(AggregateAnswers.HOUR_OF_DAY, AggregateAnswers.DAY_OF_WEEK));
        }
        return names;
    }

    private static Filter segment(Condition condition) throws InvalidArgument {
        Operand segments = Operand.field(ColumnNames.SEGMENT_IDS);
        List<Filter> members = condition.values()
                .stream()
                .<Filter>map(id -> new Filter.HasMember(segments, id.toString()))
                .toList();
        return switch (condition.operator()) {
            case EQ, IN -> new Filter.Any(members);
            case NE, NOT_IN -> new Filter.Not(new Filter.Any(members));
            case EXISTS -> new Filter.Exists(segments);
            case MISSING -> new Filter.Not(new Filter.Exists(segments));
            case CONTAINS, GT, GTE, LT, LTE -> throw new InvalidArgument("filters",
                    "segment_id can be compared with eq, ne, in, not_in, exists and missing only");
        };
    }

    /// Takes "5" and "true" for the number and the truth value as well: callers often quote them.
    private Filter in(Operand operand, Condition condition) throws InvalidArgument {
        Set<Value> values = new HashSet<>();
        for (Object given : condition.values()) {
            if (fields.isTime(condition.field())) {
                values.add(time(condition.field(), given.toString()));
                continue;
            }
            switch (given) {
                case String text -> {
                    values.add(Value.text(text));
                    number(text).ifPresent(number -> addNumber(values, number));
                    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
                        values.add(Value.bool(Boolean.parseBoolean(text)));
                    }
                }
                case Boolean flag -> {
                    values.add(Value.bool(flag));
                    values.add(Value.text(flag.toString()));
                }
                case Number number -> {
                    addNumber(values, value(condition.field(), number));
                }
                default -> throw new InvalidArgument("filters",
                        "must compare '" + condition.field() + "' with texts, numbers or booleans");
            }
        }
        return new Filter.In(operand, values, !Fields.isExact(condition.field()));
    }

    private Filter range(Operand operand, Condition condition) throws InvalidArgument {
        Value end = end(condition);
        boolean inclusive = condition.operator() == Operator.GTE
                || condition.operator() == Operator.LTE;
        boolean from = condition.operator() == Operator.GT
                || condition.operator() == Operator.GTE;
        return new Filter.Range(operand, from ? Optional.of(end) : Optional.empty(), inclusive,
                from ? Optional.empty() : Optional.of(end), inclusive);
    }

    private Value end(Condition condition) throws InvalidArgument {
        if (condition.values().size() != 1) {
            throw new InvalidArgument("filters", "must compare '" + condition.field()
                    + "' with one value for gt, gte, lt and lte, not " + condition.values().size());
        }
        Object given = condition.values().getFirst();
        String text = given.toString();
        if (fields.isTime(condition.field())) {
            return time(condition.field(), text);
        }
        if (given instanceof Number number) {
            return value(condition.field(), number);
        }
        return number(text).orElseThrow(
                () -> new InvalidArgument("filters", "must compare '" + condition.field()
                        + "' with a number for gt, gte, lt and lte: '" + text + "'"));
    }

    private static String text(Condition condition) throws InvalidArgument {
        if (condition.values().size() == 1 && condition.values().getFirst() instanceof String text
                && !text.isEmpty()) {
            return text;
        }
        throw new InvalidArgument("filters",
                "must give contains of '" + condition.field() + "' one text");
    }

    /// A number has one value whatever its spelling, and texts that are its plain spelling.
    private static void addNumber(Set<Value> values, Value number) {
        values.add(number);
        BigDecimal plain = switch (number) {
            case Value.Whole(long whole) -> BigDecimal.valueOf(whole);
            case Value.Floating(double floating) -> BigDecimal.valueOf(floating)
                    .stripTrailingZeros();
            case Value.Text _,Value.Json _,Value.Bool _,Value.Time _ ->
                throw new IllegalArgumentException("no number: " + number);
        };
        if (Math.abs((long) plain.scale()) + plain.precision() <= PLAIN_DIGITS_MAX) {
            values.add(Value.text(plain.toPlainString()));
        }
    }

    private static Value value(String field, Number number) throws InvalidArgument {
        if (number instanceof Long || number instanceof Integer) {
            return Value.number(number.longValue());
        }
        double given = number.doubleValue();
        if (!Double.isFinite(given)) {
            throw new InvalidArgument("filters",
                    "must compare '" + field + "' with numbers up to 1.7e308");
        }
        return Value.number(given);
    }

    private static Optional<Value> number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Value.number(Long.parseLong(text)));
        } catch (NumberFormatException _) {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? Optional.of(Value.number(number)) : Optional.empty();
        }
    }

    private static Value time(String field, String text) throws InvalidArgument {
        try {
            return Value.time(TimeText.parse(text));
        } catch (DateTimeException e) {
            throw new InvalidArgument("filters", "must compare '" + field
                    + "' with a date like 2026-06-01 or a time like 2026-06-01T08:00:00Z: '" + text
                    + "'");
        }
    }
}
