package ai.pathbound.mcp;

import ai.pathbound.mcp.health.Liveness;
import ai.pathbound.mcp.health.Readiness;
import ai.pathbound.mcp.limits.LiveNodes;
import ai.pathbound.mcp.nodes.FrontCount;
import ai.pathbound.mcp.nodes.Greetings;
import ai.pathbound.mcp.nodes.NodeSettings;
import ai.pathbound.mcp.nodes.PeerRoutes;
import ai.pathbound.mcp.nodes.RoutedReadModel;
import ai.pathbound.mcp.tools.ReadSettings;
import ai.pathbound.projector.query.LocalReads;
import ai.pathbound.projector.query.ReadModel;
import ai.pathbound.projector.routing.RouteTable;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;

/// The read model of a front: other nodes have all the state.
@ConditionalOnExpression("'${pathbound.nodes.role}'.equalsIgnoreCase('front')")
class FrontReadModel {
    /// Between looks at who has what, beside those after a failure.
    private static final Duration ROUTES_EVERY = Duration.ofSeconds(1);

    @Bean
    NodeParts nodeParts(NodeSettings nodes, ReadSettings reads, SslBundles bundles) {
        return NodeParts.of(nodes, reads, bundles);
    }

    @Bean
    RouteTable routes(NodeSettings nodes, NodeParts parts) {
        return new RouteTable(new PeerRoutes(nodes, parts.client())::look, ROUTES_EVERY);
    }

    @Bean
    FrontCount frontCount(NodeSettings nodes, RouteTable routes, NodeParts parts) {
        return new FrontCount(nodes, routes, parts.client());
    }

    @Bean
    LiveNodes liveNodes(FrontCount count) {
        return count::now;
    }

    @Bean
    ReadModel readModel(NodeSettings nodes, NodeParts parts, RouteTable routes) {
        return new RoutedReadModel(nodes, LocalReads.none(), routes, parts.client(),
                parts.threads());
    }

    @Bean
    Greetings greetings(NodeSettings nodes, NodeParts parts, RouteTable routes) {
        return new Greetings(nodes, parts.client(), routes);
    }

    @Bean
    Readiness readiness(RouteTable routes) {
        return () -> !routes.current().nodes().isEmpty();
    }

    @Bean
    Liveness liveness() {
        return () -> true;
    }
}
