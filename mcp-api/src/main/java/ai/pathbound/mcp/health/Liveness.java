package ai.pathbound.mcp.health;

/// Whether the read model still works at all: false once it has stopped for good, so that only a new
/// process can help. Asked on the event loop, so it must not wait.
@FunctionalInterface
public interface Liveness {
    boolean isAlive();
}
