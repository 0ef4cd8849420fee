package ai.pathbound.sandbox.oauth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;

/// Which addresses may be client ids, and which of them are fetched. A client id comes from anybody,
/// so fetching it must not reach into the network this server stands in. This machine itself is
/// allowed, since the demo's clients live there.
final class ClientAddress {
    private static final int LENGTH_MAX = 1_000;

    private ClientAddress() {}

    /// Whether a client id is an address and not a name this server gave out.
    static boolean is(String clientId) {
        return clientId.startsWith("https://") || clientId.startsWith("http://");
    }

    /// What is wrong with the address as a client id; empty if nothing is.
    static Optional<String> fault(String clientId) {
        if (clientId.length() > LENGTH_MAX) {
            return Optional.of("its id is longer than " + LENGTH_MAX + " characters");
        }
        try {
            URI uri = new URI(clientId);
            String path = uri.getRawPath();
            boolean plain = uri.getHost() != null && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null && path != null && path.length() > 1
                    && !("/" + path + "/").matches(".*/\\.\\.?/.*");
            if (!plain) {
                return Optional
                        .of("its id must have a host and a path, and no fragment, user or dots");
            }
            boolean safe = "https".equals(uri.getScheme()) || RedirectUris.isLoopback(uri);
            return safe ? unreachable(uri) : Optional.of("its id must begin with https");
        } catch (URISyntaxException e) {
            return Optional.of("its id is no address");
        }
    }

    private static Optional<String> unreachable(URI uri) {
        if (RedirectUris.isLoopback(uri)) {
            return Optional.empty();
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
                if (!isPublic(address)) {
                    return Optional.of("its id leads into a private network");
                }
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("the host of its id is unknown");
        }
    }

    private static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
        boolean carrier = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return !address.isAnyLocalAddress() && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress() && !address.isSiteLocalAddress()
                && !address.isMulticastAddress() && !uniqueLocal && !carrier;
    }
}
