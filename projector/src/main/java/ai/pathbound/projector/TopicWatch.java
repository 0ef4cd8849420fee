package ai.pathbound.projector;

import ai.pathbound.projector.topology.SourceChangedException;
import ai.pathbound.projector.topology.StopReason;
import ai.pathbound.schemas.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices when a change topic or the changelog is deleted and created again, or gets more partitions,
/// while it is followed. A consumer goes on reading from the new topic's beginning as if nothing had
/// happened, and what it finds there at offsets seen before would be skipped; a new changelog lacks all
/// that came before; and with more partitions tenants move to others, without what they had.
final class TopicWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Look kafka;
    private final String changelog;
    private final Consumer<Uuid> changelogMade;
    private final BiConsumer<StopReason, String> stop;
    /// Topics as they were when they were first seen. Used by the timer alone.
    private final Map<String, Seen> followed = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("topic-watch").daemon().factory());

    /// A topic as it is in Kafka.
    record Seen(Uuid id, int partitions) {
        static Seen of(TopicDescription topic) {
            return new Seen(topic.topicId(), topic.partitions().size());
        }
    }

    /// Looks at the topics.
    @FunctionalInterface
    interface Look {
        /// Those that are there, by name. A topic that is missing says nothing: brokers that have just
        /// started do not know each of them.
        Map<String, Seen> now() throws ExecutionException, InterruptedException;

        /// At the change topics and the changelog.
        static Look at(Admin admin, Changelog changelog) {
            return () -> {
                Map<String, Seen> now = new HashMap<>();
                ChangeTopics.describe(admin)
                        .forEach((name, topic) -> {
                            // Those for dead letters are no source.
                            if (Topics.CHANGES.contains(name)) {
                                now.put(name, Seen.of(topic));
                            }
                        });
                changelog.describe()
                        .ifPresent(topic -> now.put(changelog.topic(), Seen.of(topic)));
                return now;
            };
        }
    }

    /// Watches once it is started.
    ///
    /// @param changelog name of the changelog
    /// @param changelogMade told the id of the changelog once it is there
    /// @param stop told once when a topic is not the one it was
    TopicWatch(Look kafka,
            String changelog,
            Consumer<Uuid> changelogMade,
            BiConsumer<StopReason, String> stop) {
        this.kafka = kafka;
        this.changelog = changelog;
        this.changelogMade = changelogMade;
        this.stop = stop;
    }

    void start() {
        var _ = timer.scheduleWithFixedDelay(
                this::look,
                0,
                EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /// Looks once.
    void look() {
        try {
            for (Map.Entry<String, Seen> topic : kafka.now().entrySet()) {
                if (topic.getValue().id().equals(Uuid.ZERO_UUID)) {
                    continue;
                }
                Seen was = followed.putIfAbsent(topic.getKey(), topic.getValue());
                if (was == null && topic.getKey().equals(changelog)) {
                    changelogMade.accept(topic.getValue().id());
                }
                if (was != null && !was.equals(topic.getValue())) {
                    timer.shutdown();
                    changed(topic.getKey(), was, topic.getValue());
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            log.debug("Topics could not be looked at", e);
        }
    }

    private void changed(String topic, Seen was, Seen now) {
        SourceChangedException change = was.id().equals(now.id())
                ? SourceChangedException.partitions(topic, was.partitions(), now.partitions())
                : SourceChangedException.recreated(topic, was.id(), now.id());
        StopReason reason = topic.equals(changelog)
                && change.reason() == StopReason.TOPIC_RECREATED
                        ? StopReason.CHANGELOG_RECREATED
                        : change.reason();
        stop.accept(reason, String.valueOf(change.getMessage()));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
