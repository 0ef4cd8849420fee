package ai.pathbound.sandbox.cluster;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

/// Which of the ready nodes a request goes to. They take turns, except that one that has just become
/// ready gets fewer: its share grows over half a minute, in which the JVM compiles what requests run.
///
/// Smooth weighted round robin, as nginx has it: each turn every node gains its weight, and the one with
/// the most takes the request and gives back what all have gained.
final class Turns {
    private static final Duration WARM_AFTER = Duration.ofSeconds(30);
    private static final double LEAST = 0.02;

    private final LongSupplier nanos;
    private List<Node> nodes = List.of();

    /// @param nanos a clock like [System#nanoTime]
    Turns(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private static final class Node {
        final URI address;
        final long since;
        double gained;

        Node(URI address, long since) {
            this.address = address;
            this.since = since;
        }

        double weight(long now) {
            return Math.clamp((double) (now - since) / WARM_AFTER.toNanos(), LEAST, 1);
        }
    }

    /// Tells who is ready from now on.
    synchronized void ready(List<URI> addresses) {
        long now = nanos.getAsLong();
        List<Node> before = nodes;
        nodes = addresses.stream()
                .map(
                        address -> before.stream()
                                .filter(node -> node.address.equals(address))
                                .findFirst()
                                .orElseGet(() -> new Node(address, now)))
                .toList();
    }

    /// All that are ready, in order.
    synchronized List<URI> all() {
        return nodes.stream().map(node -> node.address).toList();
    }

    /// All that are ready, beginning with the one whose turn it is.
    synchronized List<URI> next() {
        long now = nanos.getAsLong();
        double total = 0;
        int first = 0;
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            double weight = node.weight(now);
            node.gained += weight;
            total += weight;
            first = node.gained > nodes.get(first).gained ? i : first;
        }
        if (!nodes.isEmpty()) {
            nodes.get(first).gained -= total;
        }
        List<URI> order = new ArrayList<>(all());
        Collections.rotate(order, -first);
        return order;
    }
}
