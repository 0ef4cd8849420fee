package ai.pathbound.mcp.limits;

/// How many nodes serve the same users just now. Each grants its share of every limit, so that a user
/// whose requests are spread over all of them gets no more than one limit's worth.
@FunctionalInterface
public interface LiveNodes {
    /// The number of nodes, this one among them. Asked on every call, so it must not wait; 0 counts
    /// as 1.
    int count();
}
