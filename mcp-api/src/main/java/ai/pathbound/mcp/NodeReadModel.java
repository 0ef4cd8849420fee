package ai.pathbound.mcp;

import ai.pathbound.mcp.health.Liveness;
import ai.pathbound.mcp.health.Readiness;
import ai.pathbound.mcp.limits.LiveNodes;
import ai.pathbound.mcp.nodes.Fronts;
import ai.pathbound.mcp.nodes.Greetings;
import ai.pathbound.mcp.nodes.NodeServer;
import ai.pathbound.mcp.nodes.NodeSettings;
import ai.pathbound.mcp.nodes.Role;
import ai.pathbound.mcp.nodes.RoutedReadModel;
import ai.pathbound.mcp.tools.ReadSettings;
import ai.pathbound.mcp.transport.TransportSettings;
import ai.pathbound.projector.Projector;
import ai.pathbound.projector.query.ReadModel;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.util.unit.DataSize;

/// The read model of a node with state: a projector in this process, and the nodes beside it if there
/// are any. Not found by component scan, so that a server with another read model can be put together.
@ConditionalOnExpression("!'${pathbound.nodes.role}'.equalsIgnoreCase('front')")
class NodeReadModel {
    /// A question of another node is one of its callers', written anew.
    private static final int REWRITTEN_TIMES = 2;

    @Bean
    Projector projector(ProjectorProperties properties, NodeSettings nodes)
            throws InterruptedException {
        return Projector.start(properties.settings(nodes.advertised()));
    }

    @Bean
    ReadModel readModel(Projector projector, NodeSettings nodes, Optional<NodeParts> parts) {
        return parts
                .<ReadModel>map(
                        found -> new RoutedReadModel(nodes, projector.localReads(),
                                projector.routes(), found.client(), found.threads()))
                .orElseGet(projector::readModel);
    }

    @Bean
    @ConditionalOnExpression("!'${pathbound.nodes.address}'.isEmpty()")
    NodeServer nodeServer(NodeSettings nodes,
            Projector projector,
            Fronts fronts,
            NodeParts parts,
            TransportSettings transport) {
        return new NodeServer(nodes, projector.localReads(), projector.routes(), fronts,
                parts.threads(), parts.security(),
                DataSize.ofBytes(transport.bodyMax().toBytes() * REWRITTEN_TIMES));
    }

    @Bean
    @ConditionalOnExpression("!'${pathbound.nodes.address}'.isEmpty()")
    NodeParts nodeParts(NodeSettings nodes, ReadSettings reads, SslBundles bundles) {
        return NodeParts.of(nodes, reads, bundles);
    }

    @Bean
    @ConditionalOnExpression("!'${pathbound.nodes.address}'.isEmpty()")
    Greetings greetings(NodeSettings nodes, NodeParts parts, Projector projector) {
        return new Greetings(nodes, parts.client(), projector.routes());
    }

    @Bean
    Readiness readiness(Projector projector, NodeSettings nodes) {
        return new ProjectorReadiness(projector, nodes);
    }

    @Bean
    MeterBinder projectorMeters(Projector projector) {
        return projector.meters();
    }

    @Bean
    Liveness liveness(Projector projector) {
        return () -> !projector.isDead();
    }

    @Bean
    Fronts fronts(Projector projector, NodeSettings nodes) {
        return new Fronts(() -> nodes.role() == Role.PROJECTOR ? 0 : projector.liveNodes(),
                System::nanoTime);
    }

    @Bean
    LiveNodes liveNodes(Fronts fronts) {
        return fronts::serving;
    }
}
