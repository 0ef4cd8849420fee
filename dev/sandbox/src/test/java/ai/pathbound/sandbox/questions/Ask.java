package ai.pathbound.sandbox.questions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A question, the calls that answer it, how to read the last answer, and what must be read there.
record Ask(String question,
        List<Step> steps,
        Function<JsonNode, Object> reading,
        Object expected) {
    Ask {
        steps = List.copyOf(steps);
    }

    /// A call whose arguments may come from the answer before it.
    record Step(String tool, Function<JsonNode, Map<String, Object>> arguments) {}

    static Draft ask(String question) {
        return new Draft(question);
    }

    /// Arguments, name and value in turn.
    static Map<String, Object> args(Object... namesAndValues) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return arguments;
    }

    @Override
    public String toString() {
        return question;
    }

    /// A question that is being written down.
    static final class Draft {
        private final String question;
        private final List<Step> steps = new ArrayList<>();
        private @Nullable Function<JsonNode, Object> reading;

        private Draft(String question) {
            this.question = question;
        }

        /// @param arguments name and value in turn
        Draft call(String tool, Object... arguments) {
            return then(tool, _ -> args(arguments));
        }

        /// A call that needs the answer before it.
        Draft then(String tool, Function<JsonNode, Map<String, Object>> arguments) {
            steps.add(new Step(tool, arguments));
            return this;
        }

        /// @param how from the structured content of the last answer
        Draft read(Function<JsonNode, Object> how) {
            reading = how;
            return this;
        }

        Ask expect(Object expected) {
            if (reading == null) {
                throw new IllegalStateException("nobody reads the answer to: " + question);
            }
            return new Ask(question, steps, reading, expected);
        }
    }
}
