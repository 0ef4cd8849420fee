package ai.pathbound.mcp;

import ai.pathbound.mcp.health.Readiness;
import ai.pathbound.mcp.nodes.NodeSettings;
import ai.pathbound.projector.Projector;
import ai.pathbound.projector.topology.StopReason;
import java.util.Optional;
import java.util.OptionalInt;

/// Whether to send traffic to a node with state.
///
/// One that is alone is ready while all of its partitions answer. One of several becomes ready by that,
/// and by holding its copies of the others' partitions, so that the next node may be stopped; and then
/// stays ready as long as it is in the group. A partition that comes to it later is answered from its
/// copy or by another node meanwhile, and if nobody can answer for it, sending its callers elsewhere
/// would not help them and would take every other tenant's node away.
final class ProjectorReadiness implements Readiness {
    private final Projector projector;
    private final NodeSettings nodes;
    private final Settling settling = new Settling(System::nanoTime);

    ProjectorReadiness(Projector projector, NodeSettings nodes) {
        this.projector = projector;
        this.nodes = nodes;
    }

    @Override
    public boolean isReady() {
        if (!nodes.isOneOfSeveral()) {
            // Without a partition of its own it has nothing to answer from.
            return projector.ownsAny() && projector.isReady();
        }
        boolean knowsAny = projector.ownsAny() || !projector.routes().current().nodes().isEmpty();
        boolean settled = settling.isSettled(projector.isReady() && knowsAny,
                projector.holdsCopies());
        return settled && knowsAny && projector.isFollowing();
    }

    @Override
    public Optional<String> stopped() {
        return projector.stopped().map(StopReason::word);
    }

    @Override
    public OptionalInt restoredPercent() {
        return OptionalInt.of(projector.restoredPercent());
    }
}
