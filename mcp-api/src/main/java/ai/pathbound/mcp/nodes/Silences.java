package ai.pathbound.mcp.nodes;

import ai.pathbound.projector.routing.NodeAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Which nodes have been asked something and say nothing, whatever they were asked. A machine that is
/// gone and a network that swallows packets look like this: no connection is refused, and each question
/// would be patient with them anew.
final class Silences {
    /// Longer than a pause of a garbage collector mostly takes.
    private static final Duration SILENT_AFTER = Duration.ofMillis(500);

    private final Map<NodeAddress, Long> since = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /// @param nanos a clock like [System#nanoTime]
    Silences(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// A node was asked something that takes no time to answer.
    void asked(NodeAddress node) {
        since.putIfAbsent(node, nanos.getAsLong());
    }

    /// A node has said something.
    void heard(NodeAddress node) {
        since.remove(node);
    }

    /// Whether nothing was heard of the node since it was asked, half a second ago or earlier.
    boolean isSilent(NodeAddress node) {
        Long asked = since.get(node);
        return asked != null && nanos.getAsLong() - asked >= SILENT_AFTER.toNanos();
    }
}
