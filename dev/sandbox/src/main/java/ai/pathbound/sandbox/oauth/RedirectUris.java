package ai.pathbound.sandbox.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/// Where an answer with a code may be sent: `https`, or `http` to this machine.
final class RedirectUris {
    private static final int LENGTH_MAX = 500;
    static final int COUNT_MAX = 10;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private RedirectUris() {}

    /// What is wrong with what a client wants to register; empty if nothing is.
    static Optional<String> fault(Collection<String> uris) {
        if (uris.isEmpty() || uris.size() > COUNT_MAX) {
            return Optional.of("redirect_uris must have 1 to " + COUNT_MAX + " entries");
        }
        return uris.stream()
                .filter(uri -> !isAllowed(uri))
                .findFirst()
                .map(_ -> "each of redirect_uris must be https, or http on localhost, 127.0.0.1 or"
                        + " [::1], without fragment and user");
    }

    private static boolean isAllowed(String text) {
        return text.length() <= LENGTH_MAX && parse(text).filter(
                uri -> uri.getHost() != null && uri.getRawFragment() == null
                        && uri.getRawUserInfo() == null
                        && ("https".equals(uri.getScheme()) || isLoopback(uri)))
                .isPresent();
    }

    /// `http` to this machine.
    static boolean isLoopback(URI uri) {
        return "http".equals(uri.getScheme()) && uri.getHost() != null
                && LOOPBACK.contains(uri.getHost());
    }

    /// Whether one of the registered addresses is meant: letter by letter, except that programs on the
    /// user's machine take whatever port is free (RFC 8252 §7.3).
    static boolean match(Collection<String> registered, String asked) {
        return registered.contains(asked) || parse(asked).filter(RedirectUris::isLoopback)
                .filter(
                        uri -> registered.stream()
                                .flatMap(known -> parse(known).stream())
                                .filter(RedirectUris::isLoopback)
                                .anyMatch(known -> withoutPort(known).equals(withoutPort(uri))))
                .isPresent();
    }

    private static String withoutPort(URI uri) {
        return uri.getHost() + " " + uri.getRawUserInfo() + " " + uri.getRawPath() + " "
                + uri.getRawQuery() + " " + uri.getRawFragment();
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
