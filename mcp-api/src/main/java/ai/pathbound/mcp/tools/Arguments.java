package ai.pathbound.mcp.tools;

import ai.pathbound.projector.query.Question.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The checked arguments of one call. Only what the tool's parameters allow gets this far.
public final class Arguments {
    /// Either the arguments or everything that is wrong with them.
    sealed interface Parsed {
        record Good(Arguments arguments) implements Parsed {}

        record Bad(List<FieldProblem> problems) implements Parsed {}
    }

    private final Map<String, Object> values;

    Arguments(Map<String, Object> values) {
        this.values = values;
    }

    /// Checks raw arguments; reports all problems at once.
    ///
    /// @param writes whether they are for a tool that changes something
    static Parsed parse(List<Parameter> parameters, boolean writes, Map<String, Object> raw) {
        ArgumentCheck check = new ArgumentCheck(parameters, writes);
        Map<String, Object> values = check.run(raw);
        return check.problems().isEmpty()
                ? new Parsed.Good(new Arguments(values))
                : new Parsed.Bad(check.problems());
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /// A mandatory text.
    String text(String name) {
        return (String) present(name);
    }

    Optional<String> textMaybe(String name) {
        return Optional.ofNullable((String) values.get(name));
    }

    int integer(String name) {
        return (Integer) present(name);
    }

    Optional<Integer> integerMaybe(String name) {
        return Optional.ofNullable((Integer) values.get(name));
    }

    /// Absent is false.
    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    Optional<Boolean> flagMaybe(String name) {
        return Optional.ofNullable((Boolean) values.get(name));
    }

    List<String> texts(String name) {
        return ((List<?>) present(name)).stream().map(String.class::cast).toList();
    }

    @Nullable
    Object raw(String name) {
        return values.get(name);
    }

    TimeRange range(String from, String to) {
        return new TimeRange(Optional.ofNullable((Instant) values.get(from)),
                Optional.ofNullable((Instant) values.get(to)));
    }

    private Object present(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("no parameter gives '" + name + "' a value");
        }
        return value;
    }
}
