package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.errors.ErrorCode;
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

    /// The write this result is about, or that the call waited for.
    Optional<WriteToken.Seen> seen();

    /// The same result for a call that waited for a write.
    ToolResult after(WriteToken.Seen write);

    /// The answer, a JSON object that keeps to the tool's output schema.
    record Success(Json json, Optional<Freshness> freshness, Optional<WriteToken.Seen> seen)
            implements
                ToolResult {
        public Success(Json json, Optional<Freshness> freshness) {
            this(json, freshness, Optional.empty());
        }

        /// The text block: the same JSON.
        public String text() {
            return json.toString();
        }

        @Override
        public ToolResult after(WriteToken.Seen write) {
            return new Success(json, freshness, Optional.of(write));
        }
    }

    /// Something the model can act on.
    ///
    /// @param details further members of the error, such as what is in the way
    record Failure(ErrorCode code,
            String message,
            List<FieldProblem> fields,
            Optional<Duration> retryAfter,
            Map<String, Object> details,
            Optional<Freshness> freshness,
            Optional<WriteToken.Seen> seen) implements ToolResult {
        public Failure {
            fields = List.copyOf(fields);
            details = Map.copyOf(details);
        }

        public Failure(ErrorCode code,
                String message,
                List<FieldProblem> fields,
                Optional<Duration> retryAfter,
                Optional<Freshness> freshness) {
            this(code, message, fields, retryAfter, Map.of(), freshness, Optional.empty());
        }

        static Failure of(ErrorCode code, String message) {
            return new Failure(code, message, List.of(), Optional.empty(), Optional.empty());
        }

        Failure with(Map<String, Object> more) {
            return new Failure(code, message, fields, retryAfter, more, freshness, seen);
        }

        Failure asOf(Freshness when) {
            return new Failure(code, message, fields, retryAfter, details, Optional.of(when),
                    seen);
        }

        /// The text block: compact JSON.
        public String text() {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("code", code.word());
            error.put("message", message);
            if (!fields.isEmpty()) {
                error.put("fields", fields.stream().map(FieldProblem::wire).toList());
            }
            retryAfter.ifPresent(wait -> error.put("retry_after_ms", wait.toMillis()));
            error.putAll(details);
            return Wire.MAPPER.writeValueAsString(Map.of("error", error));
        }

        @Override
        public ToolResult after(WriteToken.Seen write) {
            String stale = write.visible()
                    ? ""
                    : " The write this call refers to is not readable yet; ask again shortly.";
            return new Failure(code, message + stale, fields, retryAfter, details, freshness,
                    Optional.of(write));
        }
    }

    /// The user must be asked first. Only for clients that can ask.
    ///
    /// @param schema JSON schema of the answer, flat
    /// @param state comes back with the answer
    record Question(String key, String message, Map<String, Object> schema, String state)
            implements
                ToolResult {
        @Override
        public Optional<Freshness> freshness() {
            return Optional.empty();
        }

        @Override
        public Optional<WriteToken.Seen> seen() {
            return Optional.empty();
        }

        @Override
        public ToolResult after(WriteToken.Seen write) {
            return this;
        }
    }
}
