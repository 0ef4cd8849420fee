package ai.pathbound.projector;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the nodes of the application every few seconds, from what the group's last assignment says,
/// so that asking costs nothing.
final class NodeCount implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NodeCount.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Supplier<OptionalInt> members;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("node-count").daemon().factory());
    private volatile int nodes = 1;

    NodeCount(KafkaStreams streams) {
        this(
                () -> streams.state() == KafkaStreams.State.RUNNING
                        ? OptionalInt.of(streams.metadataForAllStreamsClients().size())
                        : OptionalInt.empty());
    }

    /// @param members of the group; empty while that is not known
    NodeCount(Supplier<OptionalInt> members) {
        this.members = members;
    }

    void start() {
        var _ = timer.scheduleWithFixedDelay(
                this::look,
                EVERY.toMillis(),
                EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    int now() {
        return nodes;
    }

    /// Looks once. Keeps the last count while Streams cannot tell, as it cannot during a rebalance.
    void look() {
        try {
            members.get().ifPresent(count -> nodes = Math.max(1, count));
        } catch (RuntimeException e) {
            log.debug("Nodes could not be counted", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
