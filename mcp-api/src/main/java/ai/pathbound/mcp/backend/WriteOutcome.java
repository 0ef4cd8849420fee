package ai.pathbound.mcp.backend;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What came of a write.
public sealed interface WriteOutcome {
    /// The backend has written.
    ///
    /// @param entity the entity as the backend shows it
    /// @param version its version, the one the read model will show
    record Done(JsonNode entity, String id, long version) implements WriteOutcome {}

    /// The backend has not written and says why.
    ///
    /// @param code stable word, such as `duplicate`
    record Refused(int status,
            String code,
            String message,
            List<Field> fields,
            Optional<Duration> retryAfter)
            implements
                WriteOutcome {
        public Refused {
            fields = List.copyOf(fields);
        }
    }

    /// The request was sent but no answer tells whether it was carried out.
    record Unknown(String idempotencyKey) implements WriteOutcome {}

    /// One field the backend objects to.
    record Field(String name, String message) {}
}
