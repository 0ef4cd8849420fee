package ai.pathbound.mcp;

import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Puts a key into requests that have none, for clients that cannot be given one.
@Order(-1000)
final class AlwaysAuthorized implements WebFilter {
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(
                exchange.mutate()
                        .request(
                                request -> request.headers(
                                        headers -> headers
                                                .set("Authorization", "Bearer sk_all")))
                        .build());
    }
}
