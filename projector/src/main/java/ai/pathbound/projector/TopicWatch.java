package ai.pathbound.projector;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices when a change topic is deleted and made anew while we follow it. A consumer goes on
/// reading from the new topic's beginning as if nothing had happened, and what it finds there at
/// offsets we have seen before would be skipped.
final class TopicWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Admin admin;
    private final Map<String, Uuid> followed;
    private final Runnable stop;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("topic-watch").daemon().factory());

    /// Starts watching.
    ///
    /// @param stop called once when a topic is not the one it was
    TopicWatch(Admin admin, Runnable stop) {
        this.admin = admin;
        this.stop = stop;
        followed = ChangeTopics.ids(admin);
        var _ = timer.scheduleWithFixedDelay(
                this::look,
                EVERY.toMillis(),
                EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void look() {
        Map<String, Uuid> current;
        try {
            current = ChangeTopics.ids(admin);
        } catch (RuntimeException e) {
            log.debug("Topics could not be looked at", e);
            return;
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
