package ai.pathbound.projector;

import ai.pathbound.projector.routing.NodeAddress;
import java.util.Optional;

/// This process as one of several.
///
/// @param address where the others reach it; empty when it is alone
/// @param standbys copies of each partition on other nodes, 0 up to 2; none while it is alone
public record ClusterSettings(Optional<NodeAddress> address, int standbys) {
    private static final int STANDBYS_MAX = 2;
    /// The only process.
    public static final ClusterSettings ALONE = new ClusterSettings(Optional.empty(), 0);

    public ClusterSettings {
        if (standbys < 0 || standbys > STANDBYS_MAX) {
            throw new IllegalArgumentException(
                    "pathbound.projector.standbys must be from 0 to " + STANDBYS_MAX + ": "
                            + standbys);
        }
        if (address.isEmpty()) {
            // Nobody could ask them.
            standbys = 0;
        }
    }
}
