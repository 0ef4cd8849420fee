package ai.pathbound.mcp.health;

/// Whether the read model can answer just now. Asked on the event loop, so it must not wait.
@FunctionalInterface
public interface Readiness {
    boolean isReady();
}
