package ai.pathbound.projector;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices when a change topic or the changelog is deleted and made anew while we follow it. A consumer
/// goes on reading from the new topic's beginning as if nothing had happened, and what it finds there at
/// offsets we have seen before would be skipped; a new changelog lacks all that came before.
final class TopicWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Admin admin;
    private final Changelog changelog;
    /// Topics and their ids. Used by the timer alone.
    private final Map<String, Uuid> followed;
    private final Runnable stop;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("topic-watch").daemon().factory());

    /// Starts watching.
    ///
    /// @param stop called once when a topic is not the one it was
    TopicWatch(Admin admin, Changelog changelog, Runnable stop) {
        this.admin = admin;
        this.changelog = changelog;
        this.stop = stop;
        followed = new HashMap<>(ChangeTopics.ids(admin));
        var _ = timer.scheduleWithFixedDelay(
                this::look,
                EVERY.toMillis(),
                EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void look() {
        Map<String, Uuid> current = new HashMap<>();
        try {
            current.putAll(ChangeTopics.ids(admin));
            changelog.id().ifPresent(id -> current.put(changelog.topic(), id));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException e) {
            log.debug("Topics could not be looked at", e);
            return;
        }
        Uuid made = current.get(changelog.topic());
        if (made != null && followed.putIfAbsent(changelog.topic(), made) == null) {
            changelog.made(made);
        }
        for (Map.Entry<String, Uuid> topic : followed.entrySet()) {
            Uuid now = current.getOrDefault(topic.getKey(), topic.getValue());
            if (!now.equals(topic.getValue())) {
                log.error(
                        "The projector stops: topic {} was deleted and created again (id {}, now {})",
                        topic.getKey(),
                        topic.getValue(),
                        now);
                timer.shutdown();
                stop.run();
                return;
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
