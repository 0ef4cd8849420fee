package ai.pathbound.mcp.tools;

import ai.pathbound.projector.query.TimeText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds raw arguments to their parameters and collects what is wrong.
final class ArgumentCheck {
    /// More names than any tool has parameters, with all their aliases.
    private static final int ARGUMENTS_MAX = 50;
    /// Enough to mend a call by; more would only make the answer long.
    private static final int PROBLEMS_MAX = 10;

    private final List<Parameter> parameters;
    private final boolean writes;
    private final Map<String, Parameter> byName = new LinkedHashMap<>();
    private final List<FieldProblem> problems = new ArrayList<>();
    private boolean namedKnown;

    /// @param writes whether the tool changes something: then nothing is guessed, and an argument that
    ///     is sent without a value is refused
    ArgumentCheck(List<Parameter> parameters, boolean writes) {
        this.parameters = parameters;
        this.writes = writes;
        for (Parameter parameter : parameters) {
            byName.put(parameter.name(), parameter);
            parameter.aliases().forEach(alias -> byName.putIfAbsent(alias, parameter));
        }
    }

    List<FieldProblem> problems() {
        return List.copyOf(problems);
    }

    Map<String, Object> run(Map<String, Object> raw) {
        if (raw.size() > ARGUMENTS_MAX) {
            note(
                    FieldProblem.of(
                            "arguments",
                            "must have at most " + ARGUMENTS_MAX + " members, not " + raw.size()
                                    + "; " + known()));
            return Map.of();
        }
        Map<String, Object> values = new HashMap<>();
        Set<String> given = new LinkedHashSet<>();
        raw.forEach((name, value) -> {
            Parameter parameter = byName.get(name);
            if (parameter == null) {
                unknown(name);
            } else if (writes && isEmpty(value)) {
                given.add(parameter.name());
                problems.add(FieldProblem.of(name, withoutValue(parameter, value)));
            } else if (value != null && !isBlankOption(parameter, value)) {
                if (given.add(parameter.name())) {
                    checked(parameter, name, value)
                            .ifPresent(good -> values.put(parameter.name(), good));
                } else {
                    note(
                            FieldProblem.of(name, "means the same as another argument given"));
                }
            }
        });
        for (Parameter parameter : parameters) {
            if (!given.contains(parameter.name())) {
                parameter.fallback().ifPresent(value -> values.put(parameter.name(), value));
                if (parameter.required()) {
                    note(FieldProblem.of(parameter.name(), "is required"));
                }
            }
        }
        checkRanges(values);
        return values;
    }

    private static boolean isEmpty(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.chars()
                    .allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
            default -> false;
        };
    }

    /// Empty may stand for "not set" or be a value that got lost, such as the true of a `dry_run`.
    private static String withoutValue(Parameter parameter, @Nullable Object value) {
        String form = parameter.kind() == Parameter.Kind.BOOLEAN ? "true or false" : "a value";
        return "must not be " + (value == null ? "null" : "blank") + " in a tool that writes; send "
                + form + (parameter.required() ? "" : " or leave it out");
    }

    /// Models often send an empty text for "no such filter".
    private static boolean isBlankOption(Parameter parameter, Object value) {
        return !parameter.required() && value instanceof String text && text.isBlank();
    }

    private void unknown(String name) {
        Optional<String> nearest = Spelling.nearest(name, byName.keySet())
                .map(known -> byName.getOrDefault(known, parameters.getFirst()).name());
        // The list of names is long and the same each time.
        String message = namedKnown ? "unknown argument" : "unknown argument; " + known();
        namedKnown = true;
        note(new FieldProblem(clip(name), message, nearest.map(Object.class::cast)));
    }

    private String known() {
        return parameters.isEmpty()
                ? "this tool takes no arguments"
                : "known arguments: " + String
                        .join(", ", parameters.stream().map(Parameter::name).toList());
    }

    private void note(FieldProblem problem) {
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(problem);
        }
    }

    private Optional<Object> checked(Parameter parameter, String name, Object value) {
        return switch (parameter.kind()) {
            case TEXT -> text(parameter, name, value);
            case INTEGER -> integer(parameter, name, value);
            case BOOLEAN -> flag(name, value);
            case TIME -> time(name, value);
            case TEXTS -> texts(parameter, name, value);
            case OBJECT -> object(parameter, name, value);
            case LIST -> list(parameter, name, value);
        };
    }

    private Optional<Object> text(Parameter parameter, String name, Object value) {
        if (!(value instanceof String raw)) {
            return wrong(FieldProblem.of(name, "must be a string, not " + kindOf(value)));
        }
        String text = raw.strip();
        if (text.isEmpty()) {
            return wrong(FieldProblem.of(name, "must not be empty"));
        }
        if (!parameter.allowed().isEmpty() && !parameter.allowed().contains(text)) {
            String message = "must be one of " + String.join(", ", parameter.allowed())
                    + "; not '" + clip(text) + "'";
            return wrong(
                    new FieldProblem(name, message,
                            Spelling.nearest(text, parameter.allowed())
                                    .map(Object.class::cast)));
        }
        if (text.length() > parameter.max()) {
            return wrong(
                    FieldProblem.of(
                            name,
                            "must have at most " + parameter.max() + " characters, not "
                                    + text.length()));
        }
        return Optional.of(text);
    }

    private Optional<Object> integer(Parameter parameter, String name, Object value) {
        String range = "must be an integer from " + parameter.min() + " to " + parameter.max();
        if (!(value instanceof Number number)) {
            return value instanceof String text && text.matches("\\d{1,9}")
                    ? wrong(
                            FieldProblem.of(
                                    name,
                                    range + ", not a string",
                                    clamp(parameter, Long.parseLong(text))))
                    : wrong(FieldProblem.of(name, range + ", not " + kindOf(value)));
        }
        double exact = number.doubleValue();
        int near = clamp(parameter, Math.round(exact));
        if (exact != near) {
            return wrong(FieldProblem.of(name, range + ", not " + clip(number.toString()), near));
        }
        return Optional.of(near);
    }

    private static int clamp(Parameter parameter, long number) {
        return Math.clamp(number, parameter.min(), parameter.max());
    }

    private Optional<Object> flag(String name, Object value) {
        if (value instanceof Boolean) {
            return Optional.of(value);
        }
        String message = "must be true or false, not " + kindOf(value);
        return value instanceof String text && text.strip().matches("(?i)true|false")
                ? wrong(FieldProblem.of(name, message, Boolean.valueOf(text.strip())))
                : wrong(FieldProblem.of(name, message));
    }

    private Optional<Object> time(String name, Object value) {
        try {
            return Optional.of(instant(name, value));
        } catch (BadArguments bad) {
            bad.problems().forEach(this::note);
            return Optional.empty();
        }
    }

    /// The time that a text stands for.
    static Instant instant(String name, Object value) throws BadArguments {
        String form = "must be a date (2026-06-01, meaning 00:00 UTC) or a time"
                + " (2026-06-01T08:00:00Z)";
        if (!(value instanceof String raw)) {
            throw new BadArguments(FieldProblem.of(name, form + ", not " + kindOf(value)));
        }
        String text = raw.strip();
        try {
            return TimeText.parse(text);
        } catch (DateTimeException unreadable) {
            throw new BadArguments(
                    new FieldProblem(name, form + "; not '" + clip(text) + "'",
                            zoned(text).map(Object.class::cast)));
        }
    }

    /// A time that only lacks its zone.
    private static Optional<String> zoned(String text) {
        try {
            return Optional.of(
                    LocalDateTime.parse(text.replace(' ', 'T'))
                            .toInstant(ZoneOffset.UTC)
                            .toString());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<Object> texts(Parameter parameter, String name, Object value) {
        List<?> items = value instanceof String
                ? List.of(value)
                : value instanceof List<?> list ? list : List.of(0);
        List<String> texts = items.stream()
                .filter(String.class::isInstance)
                .map(item -> ((String) item).strip())
                .filter(item -> !item.isEmpty())
                .distinct()
                .toList();
        if (items.stream().anyMatch(item -> !(item instanceof String text) || text.isBlank())) {
            return wrong(FieldProblem.of(name, "must be an array of non-empty strings"));
        }
        if (texts.stream().anyMatch(item -> item.length() > Parameter.ITEM_LENGTH_MAX)) {
            return wrong(
                    FieldProblem.of(
                            name,
                            "must have items of at most " + Parameter.ITEM_LENGTH_MAX
                                    + " characters"));
        }
        if (texts.size() < parameter.min() || items.size() > parameter.max()) {
            return wrong(
                    FieldProblem.of(
                            name,
                            "must have " + parameter.min() + " to " + parameter.max()
                                    + " items, not " + items.size()));
        }
        return Optional.of(texts);
    }

    private Optional<Object> object(Parameter parameter, String name, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return wrong(FieldProblem.of(name, "must be an object, not " + kindOf(value)));
        }
        return map.size() > parameter.max()
                ? wrong(
                        FieldProblem.of(name, "must have at most " + parameter.max() + " members"))
                : Optional.of(map);
    }

    private Optional<Object> list(Parameter parameter, String name, Object value) {
        List<?> items = value instanceof List<?> list ? list : List.of(value);
        return items.size() > parameter.max()
                ? wrong(FieldProblem.of(name, "must have at most " + parameter.max() + " items"))
                : Optional.of(items);
    }

    /// Two arguments named `x_after` and `x_before` bound one range, which must not be empty.
    private void checkRanges(Map<String, Object> values) {
        values.forEach((name, after) -> {
            String other = name.replaceFirst("_after$", "_before");
            if (after instanceof Instant from && !other.equals(name)
                    && values.get(other) instanceof Instant to && !from.isBefore(to)) {
                note(FieldProblem.of(other, "must be later than " + name));
            }
        });
    }

    private Optional<Object> wrong(FieldProblem problem) {
        note(problem);
        return Optional.empty();
    }

    private static String kindOf(Object value) {
        return switch (value) {
            case String _ -> "a string";
            case Number _ -> "a number";
            case Boolean _ -> "a boolean";
            case List<?> _ -> "an array";
            default -> "an object";
        };
    }

    private static String clip(String text) {
        return Clip.to(80, text);
    }
}
