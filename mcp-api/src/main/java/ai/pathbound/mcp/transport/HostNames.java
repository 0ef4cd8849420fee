package ai.pathbound.mcp.transport;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// The host names this server goes by, and the origins of the web pages that may call it: this machine
/// under any port, and what the settings name. [OriginGuard] and [CorsRules] both ask here.
///
/// Names are compared after normalization (RFC 3986 §6.2, RFC 6454 §4): lower case, no root dot at the
/// end, no default port. A setting without a port means the default ports.
@Component
final class HostNames {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern AUTHORITY = Pattern
            .compile("(\\[[0-9a-f:.]+]|[^\\s:/@\\[\\]?#]+)(?::(\\d{1,5}))?");
    private static final Pattern ORIGIN = Pattern.compile("(https?)://(.+)");

    /// @param port empty where it is the default one
    private record Authority(String host, String port) {
        static Optional<Authority> parse(String text, Set<String> defaultPorts) {
            Matcher parts = AUTHORITY.matcher(text.strip().toLowerCase(Locale.ROOT));
            if (!parts.matches()) {
                return Optional.empty();
            }
            String host = parts.group(1).replaceFirst("\\.$", "");
            String port = parts.group(2) == null || defaultPorts.contains(parts.group(2))
                    ? ""
                    : parts.group(2);
            return Optional.of(new Authority(host, port));
        }
    }

    private record Origin(String scheme, Authority authority) {
        static Optional<Origin> parse(String text) {
            Matcher parts = ORIGIN.matcher(text.strip().toLowerCase(Locale.ROOT));
            if (!parts.matches()) {
                return Optional.empty();
            }
            String scheme = parts.group(1);
            return Authority
                    .parse(parts.group(2), Set.of(scheme.equals("https") ? "443" : "80"))
                    .map(authority -> new Origin(scheme, authority));
        }
    }

    private final Set<Authority> hosts;
    private final Set<Origin> origins;

    HostNames(TransportSettings settings) {
        hosts = settings.allowedHosts()
                .stream()
                .map(
                        text -> host(text)
                                .orElseThrow(
                                        () -> new IllegalArgumentException(
                                                "pathbound.mcp.allowed-hosts holds no host name: "
                                                        + text)))
                .collect(Collectors.toUnmodifiableSet());
        origins = settings.allowedOrigins()
                .stream()
                .map(
                        text -> Origin.parse(text)
                                .orElseThrow(
                                        () -> new IllegalArgumentException(
                                                "pathbound.mcp.allowed-origins holds no origin such"
                                                        + " as https://app.example.com: "
                                                        + text)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Whether a request for this host is one for this server. Its scheme is not known behind a proxy,
    /// so the default ports of both count as none.
    boolean isOurs(String host) {
        return host(host)
                .filter(name -> LOCAL.contains(name.host()) || hosts.contains(name))
                .isPresent();
    }

    boolean mayCall(String origin) {
        return Origin.parse(origin)
                .filter(
                        page -> LOCAL.contains(page.authority().host())
                                || origins.contains(page))
                .isPresent();
    }

    private static Optional<Authority> host(String text) {
        return Authority.parse(text, Set.of("80", "443"));
    }
}
