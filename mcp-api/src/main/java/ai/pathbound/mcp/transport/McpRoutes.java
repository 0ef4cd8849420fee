package ai.pathbound.mcp.transport;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

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
                        _ -> ServerResponse.status(405).header("Allow", "POST").build())
                .build();
    }
}
