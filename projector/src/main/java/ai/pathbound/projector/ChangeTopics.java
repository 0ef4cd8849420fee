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
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The change topics as they are in Kafka.
final class ChangeTopics {
    private static final Logger log = LoggerFactory.getLogger(ChangeTopics.class);
    private static final Duration RETRY_EVERY = Duration.ofSeconds(1);

    private ChangeTopics() {}

    /// The partition count all of them have: unequal ones would silently split tenants. Looks again
    /// and again while brokers cannot be reached; throws [CannotStartException] when time is up or
    /// the topics are not as they must be.
    static int partitions(Admin admin, String servers, Duration atMost)
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
                            + ". Check pathbound.projector.bootstrap-servers and pathbound.projector.kafka"
                            + " settings.", e);
                }
                log.info("Waiting for Kafka at {}: {}", servers, cause.getMessage());
                Thread.sleep(RETRY_EVERY);
            }
        }
    }

    /// The id each of them got when it was created. Called on stream threads: a failure ends the
    /// thread, and the next one asks again.
    static Map<String, Uuid> ids(Admin admin) {
        try {
            return describe(admin).values()
                    .stream()
                    .collect(
                            Collectors.toMap(TopicDescription::name, TopicDescription::topicId));
        } catch (ExecutionException e) {
            throw new StreamsException("Kafka does not tell the ids of the change topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StreamsException("interrupted while asking for topic ids", e);
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

    private static int check(Map<String, TopicDescription> found) {
        List<String> missing = Topics.CHANGES.stream()
                .filter(topic -> !found.containsKey(topic))
                .toList();
        if (!missing.isEmpty()) {
            throw new CannotStartException("Kafka has no topic " + String.join(", ", missing)
                    + ". Create the change topics (cleanup.policy=compact, all with the same number"
                    + " of partitions) or point pathbound.projector.bootstrap-servers at the cluster that has"
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
        return changes.getFirst().partitions().size();
    }
}
