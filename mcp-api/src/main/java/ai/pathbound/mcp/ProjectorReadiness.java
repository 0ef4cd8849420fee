package ai.pathbound.mcp;

import ai.pathbound.mcp.health.Readiness;
import ai.pathbound.mcp.nodes.NodeSettings;
import ai.pathbound.projector.Projector;
import java.util.OptionalInt;

/// Ready is a node whose own partitions all answer. One that has none must know whom to ask.
final class ProjectorReadiness implements Readiness {
    private final Projector projector;
    private final NodeSettings nodes;

    ProjectorReadiness(Projector projector, NodeSettings nodes) {
        this.projector = projector;
        this.nodes = nodes;
    }

    @Override
    public boolean isReady() {
        return projector.isReady() && (!nodes.isOneOfSeveral() || projector.ownsAny()
                || !projector.routes().current().nodes().isEmpty());
    }

    @Override
    public OptionalInt restoredPercent() {
        return OptionalInt.of(projector.restoredPercent());
    }
}
