package ai.pathbound.mcp.nodes;

import ai.pathbound.projector.routing.NodeAddress;
import ai.pathbound.projector.routing.Routes;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Routes as other nodes know them, for a process that is not in the consumer group: from the first
/// node that knows any, those found last time included.
public final class PeerRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(PeerRoutes.class);
    private static final Duration WITHIN = Duration.ofSeconds(2);

    private final NodeClient client;
    private final List<NodeAddress> configured;
    private volatile Set<NodeAddress> known = Set.of();

    public PeerRoutes(NodeSettings settings, NodeClient client) {
        this.client = client;
        configured = settings.peers().stream().map(NodeAddress::parse).toList();
    }

    /// The routes; empty when nobody tells.
    public Optional<Routes> look() {
        Set<NodeAddress> nodes = new LinkedHashSet<>(configured);
        nodes.addAll(known);
        for (NodeAddress node : nodes) {
            Optional<Routes> found = ask(node);
            if (found.isPresent()) {
                known = found.get().nodes();
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Routes> ask(NodeAddress node) {
        try {
            return client.send(node, new NodeRequest.Where(), WITHIN)
                    .blockOptional()
                    .flatMap(
                            reply -> reply instanceof NodeReply.Known(Routes routes)
                                    && !routes.places().isEmpty()
                                            ? Optional.of(routes)
                                            : Optional.empty());
        } catch (RuntimeException e) {
            LOG.debug("{} does not tell who has what", node, e);
            return Optional.empty();
        }
    }
}
