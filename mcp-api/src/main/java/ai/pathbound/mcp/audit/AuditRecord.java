package ai.pathbound.mcp.audit;

import ai.pathbound.mcp.json.Wire;
import java.time.Duration;
import java.time.Instant;

/// One attempt to write. It holds no contents: neither values nor texts, e-mail addresses or domains.
///
/// @param at when the call came
/// @param target `kind/id` of what was written or meant, or empty for a create that failed
/// @param outcome `done`, `dry_run`, `asked`, or the code of the error
public record AuditRecord(Instant at,
        String tenant,
        String userId,
        String tool,
        String target,
        String outcome,
        Duration took) {
    /// Version of the JSON form.
    private static final int VERSION = 1;

    /// The record as one line of JSON.
    public String json() {
        return Wire.MAPPER.writeValueAsString(
                Wire.MAPPER.createObjectNode()
                        .put("v", VERSION)
                        .put("at", at.toString())
                        .put("tenant", tenant)
                        .put("user", userId)
                        .put("tool", tool)
                        .put("target", target)
                        .put("outcome", outcome)
                        .put("duration_ms", took.toMillis()));
    }
}
