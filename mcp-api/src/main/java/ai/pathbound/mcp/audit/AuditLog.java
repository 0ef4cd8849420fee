package ai.pathbound.mcp.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records attempts in this process's log, one line of JSON each. For servers without Kafka, and for
/// what Kafka does not take.
public final class AuditLog implements AuditTrail {
    private static final Logger LOG = LoggerFactory.getLogger("ai.pathbound.audit");

    @Override
    public void record(AuditRecord attempt) {
        LOG.info("{}", attempt.json());
    }
}
