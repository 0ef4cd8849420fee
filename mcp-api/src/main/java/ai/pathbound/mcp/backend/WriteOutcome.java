package ai.pathbound.mcp.backend;

import ai.pathbound.mcp.errors.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What came of a write.
public sealed interface WriteOutcome {
    /// The backend has written.
    ///
    /// @param entity the entity as the backend shows it; missing after a delete
    /// @param version its version, the one the read model will show, if the backend says it
    record Done(JsonNode entity, String id, Optional<Long> version) implements WriteOutcome {}

    /// The backend has not written and says why, or was not even asked.
    ///
    /// @param existingId the entity that is in the way, where it is known
    record Refused(ErrorCode code,
            String message,
            List<Field> fields,
            Optional<Duration> retryAfter,
            Optional<String> existingId) implements WriteOutcome {
        public Refused {
            fields = List.copyOf(fields);
            if (code.effect() != ErrorCode.Effect.NOTHING) {
                throw new IllegalArgumentException("a refusal writes nothing: " + code);
            }
        }

        static Refused of(ErrorCode code, String message) {
            return new Refused(code, message, List.of(), Optional.empty(), Optional.empty());
        }

        static Refused until(ErrorCode code, String message, Duration retryAfter) {
            return new Refused(code, message, List.of(), Optional.of(retryAfter),
                    Optional.empty());
        }

        Refused existing(String id) {
            return new Refused(code, message, fields, retryAfter, Optional.of(id));
        }
    }

    /// The request was sent but no answer tells whether it was carried out.
    record Unknown() implements WriteOutcome {}

    /// One field the backend objects to.
    record Field(String name, String message) {}
}
