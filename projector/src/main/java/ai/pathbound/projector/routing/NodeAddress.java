package ai.pathbound.projector.routing;

/// Where other nodes reach a node; not its public address.
public record NodeAddress(String host, int port) {
    private static final int PORT_MAX = 65_535;

    public NodeAddress {
        if (host.isBlank() || !host.equals(host.strip()) || port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "a node's address must be host:port: '" + host + ":" + port + "'");
        }
    }

    /// Reads `host:port`; an IPv6 host stands in brackets.
    ///
    /// @throws IllegalArgumentException if it is none
    public static NodeAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new NodeAddress(text.substring(0, Math.max(colon, 0)),
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a node's address must be host:port: '" + text + "'", e);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
