package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.errors.Reason;
import ai.pathbound.mcp.errors.Refusal;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// The one path. Old clients try GET for a stream and DELETE for a session; there is neither. A
/// node that only projects has no endpoint.
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("!'${pathbound.nodes.role}'.equalsIgnoreCase('projector')")
class McpRoutes {
    @Bean
    RouterFunction<ServerResponse> mcpRoute(McpEndpoint endpoint) {
        return RouterFunctions.route()
                .POST("/mcp", endpoint::post)
                .route(
                        RequestPredicates.path("/mcp"),
                        McpRoutes::otherMethod)
                .build();
    }

    private static Mono<ServerResponse> otherMethod(ServerRequest request) {
        request.exchange().getResponse().getHeaders().set(HttpHeaders.ALLOW, "POST");
        return Refusal
                .of(
                        Reason.METHOD_NOT_ALLOWED,
                        "Send messages by POST; there is no stream to GET and no session to DELETE.")
                .write(request.exchange())
                .then(Mono.empty());
    }
}
