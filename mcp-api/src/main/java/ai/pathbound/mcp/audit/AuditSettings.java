package ai.pathbound.mcp.audit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// How the audit topic is written.
///
/// @param queueMax attempts that may wait for the producer; more go to the log
/// @param bufferMax memory of the producer for what Kafka has not taken yet
@ConfigurationProperties("pathbound.audit")
public record AuditSettings(int queueMax, DataSize bufferMax) {
    public AuditSettings {
        if (queueMax < 1) {
            throw new IllegalArgumentException(
                    "pathbound.audit.queue-max must be at least 1: " + queueMax);
        }
        if (bufferMax.toBytes() < 64 * 1024) {
            throw new IllegalArgumentException(
                    "pathbound.audit.buffer-max must be at least 64KB: " + bufferMax);
        }
    }
}
