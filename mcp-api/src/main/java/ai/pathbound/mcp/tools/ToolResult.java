package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.json.Wire;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What came of calling a tool.
public sealed interface ToolResult {
    Optional<Freshness> freshness();

    /// The text block: compact JSON in both cases.
    String text();

    /// The answer, a JSON object that keeps to the tool's output schema.
    record Success(Json json, Optional<Freshness> freshness) implements ToolResult {
        @Override
        public String text() {
            return json.toString();
        }
    }

    /// Something the model can act on.
    ///
    /// @param code stable word, such as `not_found`
    record Failure(String code,
            String message,
            List<FieldProblem> fields,
            Optional<Duration> retryAfter,
            Optional<Freshness> freshness) implements ToolResult {
        public Failure {
            fields = List.copyOf(fields);
        }

        static Failure of(String code, String message) {
            return new Failure(code, message, List.of(), Optional.empty(), Optional.empty());
        }

        @Override
        public String text() {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("code", code);
            error.put("message", message);
            if (!fields.isEmpty()) {
                error.put("fields", fields.stream().map(FieldProblem::wire).toList());
            }
            retryAfter.ifPresent(wait -> error.put("retry_after_ms", wait.toMillis()));
            return Wire.MAPPER.writeValueAsString(Map.of("error", error));
        }
    }
}
