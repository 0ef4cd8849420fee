package ai.pathbound.projector;

import ai.pathbound.schemas.topics.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The change topics as they are in Kafka, checked: a wrong partition count would silently split
/// tenants.
///
/// @param partitions partition count of each
/// @param ids id each got when it was created
record ChangeTopics(int partitions, Map<String, Uuid> ids) {
    private static final Logger log = LoggerFactory.getLogger(ChangeTopics.class);
    private static final Duration RETRY_EVERY = Duration.ofSeconds(1);

    /// Looks the topics up, again and again while brokers cannot be reached; throws
    /// [CannotStartException] when time is up or the topics are not as they must be.
    static ChangeTopics find(Admin admin, String servers, Duration atMost)
            throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            try {
                return check(describe(admin));
            } catch (ExecutionException e) {
                Throwable cause = Objects.requireNonNull(e.getCause());
                if (!(cause instanceof RetriableException) || System.nanoTime() > end) {
                    throw new CannotStartException("Kafka at " + servers
                            + " does not answer: " + cause.getMessage()
                            + ". Check projector.bootstrap-servers and the projector.kafka"
                            + " settings.", e);
                }
                log.info("Waiting for Kafka at {}: {}", servers, cause.getMessage());
                Thread.sleep(RETRY_EVERY);
            }
        }
    }

    private static Map<String, TopicDescription> describe(Admin admin)
            throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> found = new TreeMap<>();
        Set<String> wanted = new HashSet<>(Topics.CHANGES);
        wanted.add(Topics.DEAD_LETTERS);
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(wanted)
                .topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
            try {
                found.put(answer.getKey(), answer.getValue().get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return found;
    }

    private static ChangeTopics check(Map<String, TopicDescription> found) {
        List<String> missing = Topics.CHANGES.stream()
                .filter(topic -> !found.containsKey(topic))
                .toList();
        if (!missing.isEmpty()) {
            throw new CannotStartException("Kafka has no topic " + String.join(", ", missing)
                    + ". Create the change topics (cleanup.policy=compact, all with the same number"
                    + " of partitions) or point projector.bootstrap-servers at the cluster that has"
                    + " them.");
        }
        if (!found.containsKey(Topics.DEAD_LETTERS)) {
            throw new CannotStartException("Kafka has no topic " + Topics.DEAD_LETTERS
                    + ". Create it (any number of partitions, max.message.bytes="
                    + Topics.DEAD_LETTER_BYTES_MAX + "): changes that cannot be applied go there.");
        }
        List<TopicDescription> changes = found.values()
                .stream()
                .filter(topic -> Topics.CHANGES.contains(topic.name()))
                .toList();
        Map<String, Integer> counts = changes.stream()
                .collect(
                        Collectors.toMap(
                                TopicDescription::name,
                                topic -> topic.partitions().size()));
        if (Set.copyOf(counts.values()).size() > 1) {
            throw new CannotStartException(
                    "The change topics must have equal partition counts, they have " + counts
                            + ". All changes of a tenant would not meet; create them anew.");
        }
        return new ChangeTopics(changes.getFirst().partitions().size(),
                changes.stream()
                        .collect(
                                Collectors.toMap(
                                        TopicDescription::name,
                                        TopicDescription::topicId)));
    }
}
