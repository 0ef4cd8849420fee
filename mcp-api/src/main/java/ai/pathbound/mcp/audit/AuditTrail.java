package ai.pathbound.mcp.audit;

/// Where attempts to write are recorded.
@FunctionalInterface
public interface AuditTrail {
    /// Takes a record. Neither waits nor fails.
    void record(AuditRecord attempt);
}
