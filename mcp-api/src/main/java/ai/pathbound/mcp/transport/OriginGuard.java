package ai.pathbound.mcp.transport;

import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Refuses web pages from elsewhere and host names that are not ours, before anything else is done:
/// a page must not reach this server through a name that resolves to it (DNS rebinding).
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OriginGuard implements WebFilter {
    private static final Pattern LOCAL_HOST = Pattern
            .compile("(localhost|127\\.0\\.0\\.1)(:\\d+)?");
    private static final Pattern LOCAL_ORIGIN = Pattern
            .compile("https?://(localhost|127\\.0\\.0\\.1)(:\\d+)?");
    private final TransportSettings settings;

    OriginGuard(TransportSettings settings) {
        this.settings = settings;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String origin = request.getHeaders().getFirst("Origin");
        if (origin != null && !LOCAL_ORIGIN.matcher(origin).matches()
                && !settings.allowedOrigins().contains(origin)) {
            return refuse(exchange, HttpStatus.FORBIDDEN);
        }
        String host = request.getHeaders().getFirst("Host");
        if (!isProbe(request) && (host == null || !isAllowed(host.toLowerCase(Locale.ROOT)))) {
            return refuse(exchange, HttpStatus.MISDIRECTED_REQUEST);
        }
        return chain.filter(exchange);
    }

    /// Orchestrators probe by address, not by name.
    private static boolean isProbe(ServerHttpRequest request) {
        return request.getPath().pathWithinApplication().value().startsWith("/health/");
    }

    private boolean isAllowed(String host) {
        return LOCAL_HOST.matcher(host).matches() || settings.allowedHosts().contains(host);
    }

    private static Mono<Void> refuse(ServerWebExchange exchange, HttpStatus status) {
        exchange.getResponse().setStatusCode(status);
        return exchange.getResponse().setComplete();
    }
}
