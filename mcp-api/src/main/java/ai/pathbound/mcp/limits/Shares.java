package ai.pathbound.mcp.limits;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// What this node may grant of a limit that holds for all nodes together.
@Component
final class Shares {
    private final LiveNodes nodes;

    /// A server whose nodes nobody counts is alone.
    @Autowired
    Shares(ObjectProvider<LiveNodes> nodes) {
        this(nodes.getIfAvailable(() -> () -> 1));
    }

    Shares(LiveNodes nodes) {
        this.nodes = nodes;
    }

    /// This node's part, rounded up: a limit above zero grants something everywhere.
    ///
    /// @param limit of all nodes together; 0, for none, stays 0
    int of(int limit) {
        return Math.ceilDiv(limit, Math.max(1, nodes.count()));
    }
}
