package ai.pathbound.mcp.nodes;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// How many nodes serve MCP, as a node of the consumer group can tell: those of the group, which it
/// knows from Kafka, and the fronts, which are not in the group and make themselves known.
public final class Fronts {
    /// A front says several times in this time that it is there.
    static final Duration KEPT = Duration.ofSeconds(10);

    private final IntSupplier members;
    private final LongSupplier nanos;
    private final Map<String, Long> heard = new ConcurrentHashMap<>();

    /// @param members nodes of the group that serve MCP
    /// @param nanos a clock such as [System#nanoTime]
    public Fronts(IntSupplier members, LongSupplier nanos) {
        this.members = members;
        this.nanos = nanos;
    }

    /// A front is there.
    void heard(String front) {
        heard.put(front, nanos.getAsLong());
        heard.values().removeIf(at -> !isRecent(at));
    }

    /// The number of nodes that serve MCP just now.
    public int serving() {
        int fronts = 0;
        for (long at : heard.values()) {
            fronts += isRecent(at) ? 1 : 0;
        }
        return members.getAsInt() + fronts;
    }

    private boolean isRecent(long at) {
        return nanos.getAsLong() - at < KEPT.toNanos();
    }
}
