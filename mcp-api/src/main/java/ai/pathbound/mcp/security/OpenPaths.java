package ai.pathbound.mcp.security;

import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What anybody may ask. Clients without a token need the metadata to get one.
///
/// Every request is held against it twice, so it compares texts: the framework's matchers parse the
/// path for each pattern, and put a line for the log together that nobody reads.
final class OpenPaths implements ServerWebExchangeMatcher {
    private static final Set<String> PATHS = Set
            .of("/health/live", "/health/ready", OAuthSettings.WELL_KNOWN);
    private static final String METADATA = OAuthSettings.WELL_KNOWN + "/";

    @Override
    public Mono<MatchResult> matches(ServerWebExchange exchange) {
        return isOpen(exchange.getRequest()) ? MatchResult.match() : MatchResult.notMatch();
    }

    private static boolean isOpen(ServerHttpRequest request) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            return true;
        }
        String path = request.getPath().pathWithinApplication().value();
        return request.getMethod().equals(HttpMethod.GET)
                && (PATHS.contains(path) || path.startsWith(METADATA));
    }
}
