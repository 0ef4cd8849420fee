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
    ///
    /// @param changedCursor what a call like this one can be repeated with, to be told of changes only
    record Success(Json json,
            Optional<Freshness> freshness,
            Optional<WriteToken.Seen> seen,
            Optional<String> changedCursor) implements ToolResult {
        public Success(Json json, Optional<Freshness> freshness) {
            this(json, freshness, Optional.empty());
        }

        public Success(Json json, Optional<Freshness> freshness, Optional<WriteToken.Seen> seen) {
            this(json, freshness, seen, Optional.empty());
        }

        Success at(Optional<String> cursor) {
            return new Success(json, freshness, seen, cursor);
        }

        /// The text block: the same JSON.
        public String text() {
            return json.toString();
        }

        @Override
        public ToolResult after(WriteToken.Seen write) {
            return new Success(json, freshness, Optional.of(write), changedCursor);
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
        private static final int MESSAGE_LENGTH_MAX = 300;
        /// Most bytes of message and fields, with room for the message around them within 8 KB.
        private static final int QUOTED_BYTES_MAX = 6000;

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

        /// The text block: compact JSON. What callers sent is quoted in it, so it is cut, to keep a large
        /// mistake from becoming a larger answer.
        public String text() {
            if (fits(message, fields)) {
                return render(message, fields);
            }
            String brief = Clip.to(MESSAGE_LENGTH_MAX, message);
            List<FieldProblem> clipped = fields.stream().map(FieldProblem::clipped).toList();
            int shown = clipped.size();
            while (shown > 0 && !fits(brief, clipped.subList(0, shown))) {
                shown--;
            }
            return render(brief, clipped.subList(0, shown));
        }

        private static boolean fits(String message, List<FieldProblem> fields) {
            // As the text stands in the message: quoted once more.
            String text = Wire.MAPPER.writeValueAsString(
                    List.of(message, fields.stream().map(FieldProblem::wire).toList()));
            return Wire.MAPPER.writeValueAsBytes(text).length <= QUOTED_BYTES_MAX;
        }

        private String render(String said, List<FieldProblem> problems) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("code", code.word());
            error.put("message", said);
            if (!problems.isEmpty()) {
                error.put("fields", problems.stream().map(FieldProblem::wire).toList());
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

    /// Blocks of text, images, sound or resources, for results that are no JSON object.
    ///
    /// @param blocks content blocks as the protocol spells them
    record Content(List<Map<String, Object>> blocks, boolean isError) implements Bare {}

    /// The client is asked for something first. Only for clients that can be asked.
    ///
    /// @param requests by a key of the tool's choice, under which the answer comes back
    /// @param state comes back with the answers
    record Asked(Map<String, InputRequest> requests, Optional<String> state) implements Bare {}

    /// The tool cannot do without something the client cannot do.
    ///
    /// @param capabilities the client capabilities that are missing, as the protocol spells them
    record NeedsClient(Map<String, Object> capabilities) implements Bare {}

    /// The request itself is broken, rather than its arguments.
    record Malformed(String message) implements Bare {}

    /// Results that say nothing about data, and so nothing about its age.
    sealed interface Bare extends ToolResult {
        @Override
        default Optional<Freshness> freshness() {
            return Optional.empty();
        }

        @Override
        default Optional<WriteToken.Seen> seen() {
            return Optional.empty();
        }

        @Override
        default ToolResult after(WriteToken.Seen write) {
            return this;
        }
    }
}
