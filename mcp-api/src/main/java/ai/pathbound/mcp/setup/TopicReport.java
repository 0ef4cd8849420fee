package ai.pathbound.mcp.setup;

import ai.pathbound.projector.ProjectorSettings;
import ai.pathbound.projector.setup.NeededRight;
import ai.pathbound.projector.setup.NeededTopic;
import ai.pathbound.projector.setup.TopicSetup;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;

/// What Kafka must have for this node, and what it has, as text.
final class TopicReport {
    private final TopicSetup setup;
    private final ProjectorSettings settings;
    private final List<NeededTopic> needed;

    /// @param partitions of each change topic, where they are yet to be made
    TopicReport(Admin admin, ProjectorSettings settings, int partitions) {
        setup = new TopicSetup(admin);
        this.settings = settings;
        needed = NeededTopic.all(partitions);
    }

    /// Makes the topics that are missing.
    void create(Optional<Short> replicas, Consumer<String> say)
            throws ExecutionException, InterruptedException {
        setup.create(needed, replicas).forEach(topic -> say.accept("made the topic " + topic));
    }

    /// Prints all, and whether the topics are as they must be.
    boolean print(Consumer<String> say) throws ExecutionException, InterruptedException {
        boolean complete = true;
        say.accept("Topics on " + settings.bootstrapServers());
        for (TopicSetup.Finding finding : setup.look(needed)) {
            NeededTopic topic = finding.topic();
            say.accept("  " + topic.name() + (finding.exists()
                    ? ""
                    : "  partitions: " + topic.partitions()));
            new TreeMap<>(topic.configs())
                    .forEach((name, value) -> say.accept("    " + name + "=" + value));
            if (finding.problems().isEmpty()) {
                say.accept("    -> as it must be");
            } else {
                complete = false;
                finding.problems().forEach(problem -> say.accept("    -> " + problem));
            }
        }
        say.accept("");
        say.accept("Rights this node's user needs where Kafka controls access");
        for (NeededRight right : NeededRight
                .all(settings.applicationId(), settings.following().exactlyOnce())) {
            say.accept("  " + command(right) + "   # " + right.why());
        }
        return complete;
    }

    /// The arguments of `kafka-acls.sh` for a right.
    private static String command(NeededRight right) {
        String operations = right.operations()
                .stream()
                .map(AclOperation::name)
                .collect(Collectors.joining(" --operation ", "--operation ", ""));
        String resource = switch (right.type()) {
            case TOPIC -> "--topic " + right.name();
            case GROUP -> "--group " + right.name();
            case CLUSTER -> "--cluster";
            case TRANSACTIONAL_ID -> "--transactional-id " + right.name();
            case UNKNOWN, ANY, DELEGATION_TOKEN, USER -> throw new IllegalStateException(
                    "no right to " + right.type() + " is ever needed");
        };
        return "--add --allow-principal User:pathbound " + operations + " " + resource
                + (right.pattern() == PatternType.PREFIXED
                        ? " --resource-pattern-type prefixed"
                        : "");
    }
}
