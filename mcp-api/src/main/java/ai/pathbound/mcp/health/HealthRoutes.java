package ai.pathbound.mcp.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// `/health/live` and `/health/ready`, without credentials and without details. Living says nothing
/// about Kafka or the backend: restarting this process would cure neither. It ends when the read model
/// has stopped for good.
@Configuration(proxyBeanMethods = false)
class HealthRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(HealthRoutes.class);

    private static final String STATUS = "status";

    @Bean
    RouterFunction<ServerResponse> healthRoute(ApplicationAvailability server,
            Readiness readModel,
            ObjectProvider<Liveness> liveness) {
        Liveness alive = liveness.getIfAvailable(() -> () -> true);
        return RouterFunctions.route()
                .GET(
                        "/health/live",
                        _ -> alive.isAlive()
                                ? say(200, Map.of(STATUS, "live"))
                                : say(503, Map.of(STATUS, "dead")))
                .GET(
                        "/health/ready",
                        _ -> accepts(server) && answers(readModel)
                                ? say(200, state("ready", readModel))
                                : say(503, state("not_ready", readModel)))
                .build();
    }

    /// Not before the server has started, and no longer once it has been told to stop.
    private static boolean accepts(ApplicationAvailability server) {
        return server.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
    }

    private static boolean answers(Readiness readModel) {
        try {
            return readModel.isReady();
        } catch (RuntimeException failure) {
            LOG.warn("The read model cannot tell whether it is ready", failure);
            return false;
        }
    }

    private static Map<String, Object> state(String status, Readiness readModel) {
        Map<String, Object> body = new LinkedHashMap<>();
        Optional<String> stopped = readModel.stopped();
        body.put(STATUS, stopped.isPresent() ? "stopped" : status);
        stopped.ifPresent(reason -> {
            body.put("reason", reason);
            body.put("way_out", "see the log; ./pathbound rebuild");
        });
        readModel.restoredPercent().ifPresent(percent -> body.put("restored_percent", percent));
        return body;
    }

    private static Mono<ServerResponse> say(int status, Map<String, Object> body) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .bodyValue(body);
    }
}
