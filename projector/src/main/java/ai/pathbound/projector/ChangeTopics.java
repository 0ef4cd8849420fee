package ai.pathbound.projector;

import ai.pathbound.projector.topology.SourceChangedException;
import ai.pathbound.projector.topology.SourceTopics;
import ai.pathbound.schemas.topics.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
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
final class ChangeTopics implements SourceTopics {
    private static final Logger log = LoggerFactory.getLogger(ChangeTopics.class);
    private static final Duration RETRY_EVERY = Duration.ofSeconds(1);

    /// A broker learns of all topics within a few seconds of its start.
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(10);

    /// Topics that were created a moment ago are not known to each broker.
    private static final Duration CREATED_WITHIN = Duration.ofSeconds(3);
    private static final Duration REQUIRED_EVERY = Duration.ofMillis(100);

    private final Admin admin;
    private volatile long requiredNanos = System.nanoTime() - REQUIRED_EVERY.toNanos();

    ChangeTopics(Admin admin) {
        this.admin = admin;
    }

    /// The partition count all of them have: unequal ones would silently split tenants. Looks again
    /// and again while brokers cannot be reached; throws [CannotStartException] when time is up or
    /// the topics are not as they must be.
    static int partitions(Admin admin, String servers, Duration atMost)
            throws InterruptedException {
        long begin = System.nanoTime();
        long end = begin + atMost.toNanos();
        while (true) {
            try {
                Map<String, TopicDescription> found = describe(admin);
                boolean whole = missing(found).isEmpty()
                        && found.containsKey(Topics.DEAD_LETTERS);
                if (whole
                        || System.nanoTime() - begin > CREATED_WITHIN.toNanos()) {
                    return check(found);
                }
                Thread.sleep(RETRY_EVERY);
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

    /// The id each of them got when it was created. Brokers that have just started do not know each
    /// topic yet, which must not pass for a deleted one: they are asked again for a while.
    @Override
    public Map<String, Uuid> ids() {
        long end = System.nanoTime() + KNOWN_WITHIN.toNanos();
        while (true) {
            Map<String, TopicDescription> found = now();
            List<String> missing = missing(found);
            if (missing.isEmpty()) {
                return Topics.CHANGES.stream()
                        .collect(
                                Collectors.toMap(
                                        Function.identity(),
                                        name -> Objects.requireNonNull(found.get(name)).topicId()));
            }
            if (System.nanoTime() > end) {
                throw new StreamsException("Kafka does not know the topic "
                        + String.join(", ", missing) + " any more, or its brokers do not yet");
            }
            pause();
        }
    }

    /// The change topics that are not there, or of which a broker does not know the id.
    private static List<String> missing(Map<String, TopicDescription> found) {
        return Topics.CHANGES.stream().filter(name -> {
            TopicDescription topic = found.get(name);
            return topic == null || topic.topicId().equals(Uuid.ZERO_UUID);
        }).toList();
    }

    /// Cheap for a producer that sends many records to the wrong place: asked ten times a second at
    /// most.
    @Override
    public void requirePartitions(int wanted) {
        long at = System.nanoTime();
        if (at - requiredNanos < REQUIRED_EVERY.toNanos()) {
            return;
        }
        Map<String, TopicDescription> found = now();
        for (String name : Topics.CHANGES) {
            TopicDescription topic = found.get(name);
            if (topic != null && topic.partitions().size() != wanted) {
                throw SourceChangedException.partitions(name, wanted, topic.partitions().size());
            }
        }
        requiredNanos = at;
    }

    private Map<String, TopicDescription> now() {
        try {
            return describe(admin);
        } catch (ExecutionException e) {
            throw new StreamsException("Kafka does not tell about the change topics", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_EVERY);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static StreamsException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StreamsException("interrupted while asking about the change topics", e);
    }

    static Map<String, TopicDescription> describe(Admin admin)
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
                            + ": changes of a tenant would not all meet. Partitions cannot be taken"
                            + " away: create the topics again with equal counts, have the backend"
                            + " publish everything to them, and run './pathbound rebuild'.");
        }
        return changes.getFirst().partitions().size();
    }
}
