package ai.pathbound.mcp.tools;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What is wrong with one argument.
///
/// @param suggestion the nearest value, or for an unknown argument the nearest name, that would do
public record FieldProblem(String field, String message, Optional<Object> suggestion) {
    private static final int NAME_LENGTH_MAX = 80;
    private static final int MESSAGE_LENGTH_MAX = 300;

    static FieldProblem of(String field, String message) {
        return new FieldProblem(field, message, Optional.empty());
    }

    static FieldProblem of(String field, String message, Object suggestion) {
        return new FieldProblem(field, message, Optional.of(suggestion));
    }

    /// The same, with texts that came from elsewhere cut.
    FieldProblem clipped() {
        return new FieldProblem(Clip.to(NAME_LENGTH_MAX, field),
                Clip.to(MESSAGE_LENGTH_MAX, message),
                suggestion.map(
                        value -> value instanceof String text
                                ? Clip.to(NAME_LENGTH_MAX, text)
                                : value));
    }

    Map<String, Object> wire() {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("field", field);
        wire.put("message", message);
        suggestion.ifPresent(value -> wire.put("did_you_mean", value));
        return wire;
    }
}
