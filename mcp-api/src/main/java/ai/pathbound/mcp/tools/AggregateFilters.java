package ai.pathbound.mcp.tools;

import ai.pathbound.projector.query.Question.Condition;
import ai.pathbound.projector.query.Question.Operator;
import ai.pathbound.projector.query.Question.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The filters of an aggregation: `{field: value}`, `{field: [values]}` and `{field: {op: value}}`, and
/// the words that list tools have for common ones.
record AggregateFilters(List<Condition> conditions, TimeRange range) {
    private static final int VALUES_MAX = 100;
    /// Longer than any field's name.
    private static final int NAME_LENGTH_MAX = 200;
    private static final String ENRICHED = "enriched";
    private static final List<String> STATUSES = List.of(ENRICHED, "not_enriched");
    /// Fields that are always true or false.
    private static final Set<String> FLAGS = Set.of("is_bot");

    static AggregateFilters of(Map<?, ?> given, TimeRange outer) throws BadArguments {
        List<Condition> conditions = new ArrayList<>();
        Optional<Instant> from = outer.from();
        Optional<Instant> to = outer.to();
        for (Map.Entry<?, ?> filter : given.entrySet()) {
            String field = String.valueOf(filter.getKey());
            Object value = filter.getValue();
            if (field.length() > NAME_LENGTH_MAX) {
                throw new BadArguments(
                        FieldProblem.of("filters",
                                "must have names of at most " + NAME_LENGTH_MAX
                                        + " characters; not '" + Clip.to(80, field) + "'"));
            }
            switch (field) {
                case "date_after", "created_after" ->
                    from = Optional.of(ArgumentCheck.instant("filters", value));
                case "date_before", "created_before" ->
                    to = Optional.of(ArgumentCheck.instant("filters", value));
                case "identified_only" -> {
                    if (flag(field, value)) {
                        conditions.add(new Condition("contact_id", Operator.EXISTS, List.of()));
                    }
                }
                case "include_bots" -> {
                    if (!flag(field, value)) {
                        conditions.add(new Condition("is_bot", Operator.NE, List.of(true)));
                    }
                }
                case "has_linkedin" -> conditions.add(present("linkedin", flag(field, value)));
                case "status" -> conditions.add(present("enriched_at", isEnriched(value)));
                case "url_contains" ->
                    conditions.add(condition("url", Operator.CONTAINS, value));
                default -> addAll(conditions, field, value);
            }
        }
        return new AggregateFilters(List.copyOf(conditions), new TimeRange(from, to));
    }

    /// What is no truth value is refused: read as false it would choose the opposite.
    private static boolean flag(String name, @Nullable Object value) throws BadArguments {
        return switch (value) {
            case Boolean flag -> flag;
            case String text when text.equals("true") -> true;
            case String text when text.equals("false") -> false;
            case String text when text.strip().equalsIgnoreCase("true") ->
                throw noFlag(name, Optional.of(true));
            case String text when text.strip().equalsIgnoreCase("false") ->
                throw noFlag(name, Optional.of(false));
            case null, default -> throw noFlag(name, Optional.empty());
        };
    }

    private static BadArguments noFlag(String name, Optional<Object> meant) {
        return new BadArguments(
                new FieldProblem("filters",
                        "must give '" + Clip.to(80, name) + "' true or false, without quotes",
                        meant));
    }

    private static boolean isEnriched(@Nullable Object value) throws BadArguments {
        if (value instanceof String word && STATUSES.contains(word)) {
            return word.equals(ENRICHED);
        }
        throw new BadArguments(
                new FieldProblem("filters",
                        "must give 'status' one of " + String.join(", ", STATUSES),
                        value instanceof String word
                                ? Spelling.nearest(word.strip(), STATUSES).map(Object.class::cast)
                                : Optional.empty()));
    }

    private static Condition present(String field, boolean is) {
        return new Condition(field, is ? Operator.EXISTS : Operator.MISSING, List.of());
    }

    private static void addAll(List<Condition> conditions, String field, @Nullable Object value)
            throws BadArguments {
        switch (value) {
            case null -> conditions.add(present(field, false));
            case Map<?, ?> operators -> {
                for (Map.Entry<?, ?> operator : operators.entrySet()) {
                    conditions.add(
                            condition(
                                    field,
                                    operator(String.valueOf(operator.getKey())),
                                    operator.getValue()));
                }
            }
            case List<?> _ -> conditions.add(condition(field, Operator.IN, value));
            default -> conditions.add(condition(field, Operator.EQ, value));
        }
    }

    private static Operator operator(String word) throws BadArguments {
        List<String> known = Arrays.stream(Operator.values())
                .map(operator -> operator.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!known.contains(word)) {
            throw new BadArguments(
                    new FieldProblem("filters",
                            "must have operators out of " + String.join(", ", known) + "; not '"
                                    + Clip.to(80, word) + "'",
                            Spelling.nearest(word, known).map(Object.class::cast)));
        }
        return Operator.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static Condition condition(String field, Operator operator, @Nullable Object value)
            throws BadArguments {
        if (operator == Operator.EXISTS || operator == Operator.MISSING) {
            boolean wanted = flag(operator.name().toLowerCase(Locale.ROOT), value);
            return present(field, wanted == (operator == Operator.EXISTS));
        }
        List<Object> values = new ArrayList<>();
        for (Object item : value instanceof List<?> list ? list : Arrays.asList(value)) {
            values.add(FLAGS.contains(field) ? flag(field, item) : scalar(field, item));
        }
        if (values.isEmpty() || values.size() > VALUES_MAX) {
            throw new BadArguments(
                    FieldProblem.of("filters",
                            "must compare '" + Clip.to(80, field) + "' with 1 to " + VALUES_MAX
                                    + " values"));
        }
        return new Condition(field, operator, values);
    }

    private static Object scalar(String field, @Nullable Object value) throws BadArguments {
        return switch (value) {
            case String text -> text;
            case Boolean flag -> flag;
            case Integer number -> number.longValue();
            case Long number -> number;
            case Number number when Double.isFinite(number.doubleValue()) ->
                number.doubleValue();
            case Number _ -> throw new BadArguments(
                    FieldProblem.of("filters",
                            "must compare '" + Clip.to(80, field)
                                    + "' with a number from -1.7e308 to 1.7e308"));
            case null, default -> throw new BadArguments(
                    FieldProblem.of("filters",
                            "must compare '" + Clip.to(80, field)
                                    + "' with texts, numbers or booleans"));
        };
    }
}
