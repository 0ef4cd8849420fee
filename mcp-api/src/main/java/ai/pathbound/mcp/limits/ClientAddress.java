package ai.pathbound.mcp.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// Where a request comes from, as far as that can be believed.
final class ClientAddress {
    /// One subscriber has at least this much of IPv6 (RFC 6177), so single addresses mean nothing.
    private static final int NETWORK_BYTES = 8;
    private static final String UNKNOWN = "unknown";

    private ClientAddress() {}

    /// Each proxy adds whom it has heard from at the end of X-Forwarded-For; all before those entries
    /// is the client's own invention.
    static String of(ServerHttpRequest request, int trustedProxies) {
        List<String> hops = new ArrayList<>();
        if (trustedProxies > 0) {
            request.getHeaders()
                    .getOrDefault("X-Forwarded-For", List.of())
                    .forEach(line -> hops.addAll(Arrays.asList(line.split(",", -1))));
        }
        if (trustedProxies > 0 && hops.size() >= trustedProxies) {
            return literal(hops.get(hops.size() - trustedProxies).strip());
        }
        InetSocketAddress remote = request.getRemoteAddress();
        return remote == null || remote.getAddress() == null
                ? UNKNOWN
                : network(remote.getAddress());
    }

    /// Names are not resolved: what a header says must not cause a look-up.
    private static String literal(String text) {
        try {
            return network(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException notAnAddress) {
            return UNKNOWN;
        }
    }

    private static String network(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
                : address.getHostAddress();
    }
}
