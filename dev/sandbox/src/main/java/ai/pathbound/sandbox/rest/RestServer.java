package ai.pathbound.sandbox.rest;

import ai.pathbound.sandbox.oauth.SignedIn;
import ai.pathbound.sandbox.store.DuplicateKeyRefusal;
import ai.pathbound.sandbox.store.OversizedChangeRefusal;
import ai.pathbound.sandbox.store.Truth;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.json.JsonMapper;

/// The HTTP server: finds the caller, runs the endpoint on a virtual thread, sends its answer.
public final class RestServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RestServer.class);
    private static final int BODY_BYTES_MAX = 256 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Clock clock;
    private final boolean limited;
    private final Function<String, Optional<SignedIn>> tokens;
    private final RateLimit limit;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    /// Its own: a node that stops in the same process ends the loops that are shared.
    private final LoopResources loops = LoopResources
            .create("rest", LoopResources.DEFAULT_IO_WORKER_COUNT, true);
    private final DisposableServer server;

    private RestServer(Truth truth,
            String bind,
            int port,
            boolean limited,
            Clock clock,
            Function<String, Optional<SignedIn>> tokens,
            Runnable stored) {
        this.clock = clock;
        this.tokens = tokens;
        this.limited = limited;
        limit = new RateLimit(clock);
        var strategies = HandlerStrategies.builder()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(BODY_BYTES_MAX))
                .build();
        var handler = RouterFunctions.toHttpHandler(routes(new Endpoints(truth, stored)),
                strategies);
        server = HttpServer.create()
                .runOn(loops)
                .host(bind)
                .port(port)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
    }

    /// Serves the truth.
    ///
    /// @param tokens who an access token speaks for, if it is good
    public static RestServer start(Truth truth,
            String bind,
            int port,
            boolean limited,
            Clock clock,
            Function<String, Optional<SignedIn>> tokens,
            Runnable stored) {
        return new RestServer(truth, bind, port, limited, clock, tokens, stored);
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(3));
        loops.dispose();
        workers.close();
    }

    private RouterFunction<ServerResponse> routes(Endpoints endpoints) {
        var routes = RouterFunctions.route()
                .GET(
                        "/v1/health",
                        _ -> send(Answer.ok(Map.of("message", "up", "timestamp", now()))));
        for (Endpoints.Route route : endpoints.routes()) {
            routes.route(
                    RequestPredicates.method(HttpMethod.valueOf(route.method()))
                            .and(RequestPredicates.path("/v1" + route.path())),
                    request -> serve(request, route));
        }
        return routes
                .route(RequestPredicates.all(),
                        _ -> send(Answer.error(404, "No such path", List.of())))
                .build();
    }

    private Mono<ServerResponse> serve(ServerRequest request, Endpoints.Route route) {
        return request.bodyToMono(String.class)
                .defaultIfEmpty("")
                .flatMap(
                        // A caller that hangs up must not interrupt us: an interrupt in the middle
                        // of a read closes the database's file.
                        body -> Mono.fromFuture(
                                CompletableFuture
                                        .supplyAsync(() -> answer(request, route, body), workers),
                                true))
                .onErrorResume(
                        DataBufferLimitException.class,
                        _ -> Mono.just(Answer.error(413, "Body too large", List.of())))
                .flatMap(this::send);
    }

    private Answer answer(ServerRequest request, Endpoints.Route route, String body) {
        Optional<Access> key = Optional.ofNullable(request.headers().firstHeader("Authorization"))
                .filter(header -> header.startsWith("Bearer "))
                .flatMap(header -> access(header.substring(7).strip()));
        if (key.isEmpty()) {
            return Answer.error(401, "Unauthorized", List.of());
        }
        if (!limited) {
            return answer(request, route, body, key.get());
        }
        RateLimit.Quota quota = limit.take(key.get().id());
        Answer answer = quota.exceeded()
                ? Answer.error(429, "Too many requests", List.of())
                : answer(request, route, body, key.get());
        return answer.with(quota.headers());
    }

    private Optional<Access> access(String credential) {
        return Access.ofKey(credential)
                .or(() -> tokens.apply(credential).map(Access::ofToken));
    }

    private Answer answer(ServerRequest request, Endpoints.Route route, String body, Access key) {
        if (!route.scope().isEmpty() && !key.scopes().contains(route.scope())) {
            return Answer.error(
                    403,
                    "Missing scope: " + route.scope(),
                    List.of(new Problem("scope", route.scope())));
        }
        try {
            return route.work()
                    .apply(
                            new Call(key, request.pathVariables(),
                                    request.queryParams().toSingleValueMap(),
                                    body,
                                    Optional.ofNullable(
                                            request.headers().firstHeader("Idempotency-Key")),
                                    request.method().name() + " " + request.path(),
                                    clock.instant()));
        } catch (Refusal refusal) {
            return refusal.answer();
        } catch (DuplicateKeyRefusal e) {
            return Answer.error(409, "Already exists", List.of());
        } catch (OversizedChangeRefusal e) {
            return Answer.error(413, String.valueOf(e.getMessage()), List.of());
        } catch (RuntimeException e) {
            log.error("{} {} failed", request.method(), request.path(), e);
            return Answer.error(500, "Internal error", List.of());
        }
    }

    private Mono<ServerResponse> send(Answer answer) {
        Map<String, Object> body = new LinkedHashMap<>(answer.body());
        if (answer.status() >= 400) {
            body.put("timestamp", now());
        }
        return ServerResponse.status(answer.status())
                .contentType(MediaType.APPLICATION_JSON)
                .headers(headers -> answer.headers().forEach(headers::set))
                .bodyValue(JSON.writeValueAsString(body));
    }

    private String now() {
        return String.valueOf(Views.time(clock.instant()));
    }
}
