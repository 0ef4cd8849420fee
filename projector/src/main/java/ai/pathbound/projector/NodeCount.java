package ai.pathbound.projector;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the nodes of the application every few seconds, from what the group's last assignment says,
/// so that asking costs nothing.
final class NodeCount implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NodeCount.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final KafkaStreams streams;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("node-count").daemon().factory());
    private volatile int nodes = 1;

    NodeCount(KafkaStreams streams) {
        this.streams = streams;
        var _ = timer.scheduleWithFixedDelay(
                this::look,
                EVERY.toMillis(),
                EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    int now() {
        return nodes;
    }

    /// Keeps the last count while Streams cannot tell, as it cannot during a rebalance.
    private void look() {
        try {
            if (streams.state() == KafkaStreams.State.RUNNING) {
                nodes = Math.max(1, streams.metadataForAllStreamsClients().size());
            }
        } catch (RuntimeException e) {
            log.debug("Nodes could not be counted", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
