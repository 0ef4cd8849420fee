package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.errors.Reason;
import ai.pathbound.mcp.errors.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Refuses web pages from elsewhere and host names that are not ours, before anything else is done:
/// a page must not reach this server through a name that resolves to it (DNS rebinding).
///
/// Who runs the server under a new name meets this refusal first, so it names the setting, in the
/// answer and in the log.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OriginGuard implements WebFilter {
    private static final Logger LOG = LoggerFactory.getLogger(OriginGuard.class);

    private final HostNames names;
    private final RareLog log = new RareLog();

    OriginGuard(HostNames names) {
        this.names = names;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String origin = request.getHeaders().getFirst("Origin");
        if (origin != null && !names.mayCall(origin)) {
            warn("Origin", origin, "PATHBOUND_ALLOWED_ORIGINS");
            return Refusal
                    .of(
                            Reason.FOREIGN_ORIGIN,
                            "Web pages of this origin may not call this server; its operator allows"
                                    + " them with PATHBOUND_ALLOWED_ORIGINS.")
                    .write(exchange);
        }
        String host = request.getHeaders().getFirst("Host");
        if (!isProbe(request) && (host == null || !names.isOurs(host))) {
            warn("Host", host == null ? "" : host, "PATHBOUND_ALLOWED_HOSTS");
            return Refusal
                    .of(
                            Reason.FOREIGN_HOST,
                            "This server does not go by the name in the header Host; its operator"
                                    + " adds names with PATHBOUND_ALLOWED_HOSTS.")
                    .write(exchange);
        }
        return chain.filter(exchange);
    }

    private void warn(String header, String value, String setting) {
        log.line(
                () -> LOG.warn(
                        "Requests with the {} '{}' are refused; {} allows further ones",
                        header,
                        LogText.of(value),
                        setting));
    }

    /// Orchestrators probe by address, not by name.
    private static boolean isProbe(ServerHttpRequest request) {
        return request.getPath().pathWithinApplication().value().startsWith("/health/");
    }
}
