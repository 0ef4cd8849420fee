package ai.pathbound.mcp.nodes;

import ai.pathbound.projector.routing.NodeAddress;
import ai.pathbound.projector.routing.RouteTable;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// How many nodes serve MCP, as a front can tell. It says every few seconds to each node it knows that
/// it is there, and hears from each how many there are; the largest number counts, since a node that
/// has just started has not heard of all fronts yet. While no node answers, the last number holds.
public final class FrontCount implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FrontCount.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration WITHIN = Duration.ofSeconds(1);

    /// New with each process: one that restarts is for a while counted twice, which is on the safe side.
    private final String self = UUID.randomUUID().toString();
    private final List<NodeAddress> configured;
    private final RouteTable routes;
    private final NodeClient client;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("front-count").daemon().factory());
    private volatile int serving = 1;

    /// Starts counting.
    public FrontCount(NodeSettings settings, RouteTable routes, NodeClient client) {
        this.routes = routes;
        this.client = client;
        configured = settings.peers().stream().map(NodeAddress::parse).toList();
        var _ = timer.scheduleWithFixedDelay(
                this::look,
                0,
                EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /// The number last heard of, this one among them; never waits.
    public int now() {
        return serving;
    }

    private void look() {
        try {
            Set<NodeAddress> nodes = new LinkedHashSet<>(configured);
            nodes.addAll(routes.current().nodes());
            Flux.fromIterable(nodes)
                    .flatMap(this::say)
                    .reduce(Math::max)
                    .blockOptional()
                    .ifPresent(most -> serving = Math.max(1, most));
        } catch (RuntimeException e) {
            LOG.debug("Nodes could not be counted", e);
        }
    }

    private Mono<Integer> say(NodeAddress node) {
        return client.send(node, new NodeRequest.Hello(self), WITHIN)
                .ofType(NodeReply.Serving.class)
                .map(NodeReply.Serving::nodes)
                .onErrorResume(failure -> {
                    LOG.debug("{} does not tell how many nodes there are", node, failure);
                    return Mono.empty();
                });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
