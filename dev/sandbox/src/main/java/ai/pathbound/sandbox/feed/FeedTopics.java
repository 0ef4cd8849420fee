package ai.pathbound.sandbox.feed;

import ai.pathbound.projector.setup.NeededTopic;
import ai.pathbound.schemas.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;

/// Makes the topics that are missing, replicated as the brokers do by default, and refuses change topics of
/// unequal partition counts.
public final class FeedTopics {
    private static final int TIMEOUT_SECONDS = 20;

    private final String bootstrapServers;
    private final int partitions;

    public FeedTopics(String bootstrapServers, int partitions) {
        this.bootstrapServers = bootstrapServers;
        this.partitions = partitions;
    }

    /// Throws [IllegalStateException] when the broker does not answer in time or topics disagree.
    public void ensure() {
        Map<String, Object> config = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_SECONDS * 1000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                TIMEOUT_SECONDS * 500);
        try (Admin admin = Admin.create(config)) {
            Set<String> present = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            List<NewTopic> missing = new ArrayList<>(wanted());
            missing.removeIf(topic -> present.contains(topic.name()));
            if (!missing.isEmpty()) {
                create(admin, missing);
            }
            checkPartitions(
                    admin.describeTopics(Topics.CHANGES)
                            .allTopicNames()
                            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making topics", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("topics cannot be made on " + bootstrapServers, e);
        }
    }

    private static void create(Admin admin, List<NewTopic> missing)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            admin.createTopics(missing).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static void checkPartitions(Map<String, TopicDescription> topics) {
        List<String> counts = topics.values()
                .stream()
                .map(topic -> topic.name() + "=" + topic.partitions().size())
                .sorted()
                .toList();
        if (topics.values()
                .stream()
                .map(topic -> topic.partitions().size())
                .distinct()
                .count() > 1) {
            throw new IllegalStateException(
                    "change topics must have equal partition counts: " + counts);
        }
    }

    private List<NewTopic> wanted() {
        return NeededTopic.all(partitions)
                .stream()
                .map(topic -> topic.creation(Optional.empty()))
                .toList();
    }
}
