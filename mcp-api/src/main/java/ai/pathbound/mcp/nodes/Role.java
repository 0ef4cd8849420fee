package ai.pathbound.mcp.nodes;

/// What a process is for.
public enum Role {
    /// Keeps partitions and serves MCP.
    ALL,
    /// Keeps partitions and answers other nodes.
    PROJECTOR,
    /// Serves MCP without state and asks other nodes.
    FRONT
}
