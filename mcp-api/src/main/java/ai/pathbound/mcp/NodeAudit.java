package ai.pathbound.mcp;

import ai.pathbound.mcp.audit.AuditSettings;
import ai.pathbound.mcp.audit.AuditTopic;
import org.springframework.context.annotation.Bean;

/// The audit of a node goes to Kafka. Not found by component scan: a server without Kafka audits to
/// its log.
class NodeAudit {
    @Bean
    AuditTopic auditTopic(ProjectorProperties kafka, AuditSettings settings) {
        return AuditTopic.on(kafka.bootstrapServers(), kafka.kafka(), settings);
    }
}
