package ai.pathbound.projector.setup;

import ai.pathbound.schemas.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/// A right a node's principal must have in a cluster with access control.
///
/// @param why what it is for
public record NeededRight(ResourceType type,
        PatternType pattern,
        String name,
        List<AclOperation> operations,
        String why) {
    public NeededRight {
        operations = List.copyOf(operations);
    }

    /// All of them.
    ///
    /// @param applicationId names group, changelog and transactions, and begins each of their names
    /// @param exactlyOnce whether the node uses transactions
    public static List<NeededRight> all(String applicationId, boolean exactlyOnce) {
        List<NeededRight> all = new ArrayList<>();
        for (String topic : Topics.CHANGES) {
            all.add(
                    literal(
                            ResourceType.TOPIC,
                            topic,
                            "follow the changes",
                            AclOperation.READ,
                            AclOperation.DESCRIBE,
                            AclOperation.DESCRIBE_CONFIGS));
        }
        all.add(
                literal(
                        ResourceType.TOPIC,
                        Topics.DEAD_LETTERS,
                        "put away what cannot be applied",
                        AclOperation.WRITE,
                        AclOperation.DESCRIBE));
        all.add(
                literal(
                        ResourceType.TOPIC,
                        Topics.AUDIT,
                        "record attempts to write",
                        AclOperation.WRITE,
                        AclOperation.DESCRIBE));
        all.add(
                prefixed(
                        ResourceType.TOPIC,
                        applicationId + "-",
                        "keep the changelog; CREATE for the first start, DELETE for a rebuild",
                        AclOperation.READ,
                        AclOperation.WRITE,
                        AclOperation.DESCRIBE,
                        AclOperation.DESCRIBE_CONFIGS,
                        AclOperation.CREATE,
                        AclOperation.DELETE));
        all.add(
                literal(
                        ResourceType.GROUP,
                        applicationId,
                        "share the partitions; DELETE for a rebuild",
                        AclOperation.READ,
                        AclOperation.DESCRIBE,
                        AclOperation.DELETE));
        all.add(
                prefixed(
                        ResourceType.GROUP,
                        applicationId + "-v",
                        "the same for later row formats, each in a group of its own",
                        AclOperation.READ,
                        AclOperation.DESCRIBE,
                        AclOperation.DELETE));
        all.add(
                literal(
                        ResourceType.CLUSTER,
                        "kafka-cluster",
                        "tell one cluster from another; IDEMPOTENT_WRITE before Kafka 3.0 only",
                        AclOperation.DESCRIBE,
                        AclOperation.IDEMPOTENT_WRITE));
        if (exactlyOnce) {
            all.add(
                    prefixed(
                            ResourceType.TRANSACTIONAL_ID,
                            applicationId + "-",
                            "write in transactions",
                            AclOperation.WRITE,
                            AclOperation.DESCRIBE));
        }
        return List.copyOf(all);
    }

    private static NeededRight literal(ResourceType type,
            String name,
            String why,
            AclOperation... operations) {
        return new NeededRight(type, PatternType.LITERAL, name, List.of(operations), why);
    }

    private static NeededRight prefixed(ResourceType type,
            String name,
            String why,
            AclOperation... operations) {
        return new NeededRight(type, PatternType.PREFIXED, name, List.of(operations), why);
    }
}
