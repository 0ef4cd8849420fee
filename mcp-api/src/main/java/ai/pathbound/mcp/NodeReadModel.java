package ai.pathbound.mcp;

import ai.pathbound.mcp.health.Readiness;
import ai.pathbound.mcp.limits.LiveNodes;
import ai.pathbound.projector.Projector;
import ai.pathbound.projector.query.ReadModel;
import org.springframework.context.annotation.Bean;

/// The read model of a node: a projector in this process. Not found by component scan, so that a
/// server with another read model can be put together.
class NodeReadModel {
    @Bean
    Projector projector(ProjectorProperties properties) throws InterruptedException {
        return Projector.start(properties.settings());
    }

    @Bean
    ReadModel readModel(Projector projector) {
        return projector.readModel();
    }

    @Bean
    LiveNodes liveNodes(Projector projector) {
        return projector::liveNodes;
    }

    @Bean
    Readiness readiness(Projector projector) {
        return projector::isReady;
    }
}
