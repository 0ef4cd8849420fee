package ai.pathbound.projector.routing;

import java.util.List;
import java.util.Optional;

/// Who has a partition.
///
/// @param owner the node that applies its changes, if there is one
/// @param standbys nodes with a copy, in the order in which to ask them
public record Place(Optional<NodeAddress> owner, List<NodeAddress> standbys) {
    /// Nobody has it.
    public static final Place NOWHERE = new Place(Optional.empty(), List.of());

    public Place {
        standbys = List.copyOf(standbys);
    }

    /// Owner and standbys, as in `one:7070+two:7070`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(owner.map(NodeAddress::toString).orElse("nobody"));
        standbys.forEach(standby -> text.append('+').append(standby));
        return text.toString();
    }
}
