package ai.pathbound.sandbox.cluster;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/// A load balancer before the nodes, in this process: requests go round among the nodes that say they
/// are ready ([Turns]). A request goes to a second node only if no connection to the first could be
/// made, so that none is ever carried out twice; whoever was cut off in the middle gets 502 and may ask
/// again.
final class Balancer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Balancer.class);
    private static final Duration CHECK_EVERY = Duration.ofMillis(250);
    private static final Duration CHECK_WITHIN = Duration.ofSeconds(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final List<CharSequence> HOP_BY_HOP = List.of(
            HttpHeaderNames.CONNECTION,
            HttpHeaderNames.PROXY_AUTHENTICATE,
            HttpHeaderNames.PROXY_AUTHORIZATION,
            HttpHeaderNames.TE,
            HttpHeaderNames.TRAILER,
            HttpHeaderNames.TRANSFER_ENCODING,
            HttpHeaderNames.UPGRADE,
            "Keep-Alive");

    private final List<URI> nodes;
    private final ConnectionProvider connections = ConnectionProvider.builder("balancer")
            .maxConnections(1_000)
            .maxIdleTime(Duration.ofSeconds(5))
            .build();
    // Repeating by itself, the client would send some requests twice.
    private final HttpClient client = HttpClient.create(connections)
            .disableRetry(true)
            .responseTimeout(ANSWER_WITHIN);
    private final Set<URI> late = ConcurrentHashMap.newKeySet();
    private final Turns turns = new Turns(System::nanoTime);
    private final Disposable checks;
    private final DisposableServer server;

    /// Begins to serve.
    ///
    /// @param port where clients come in
    /// @param nodes addresses of all nodes, running or not
    Balancer(int port, List<URI> nodes) {
        this.nodes = List.copyOf(nodes);
        checks = Flux.interval(Duration.ZERO, CHECK_EVERY)
                .onBackpressureDrop()
                .concatMap(_ -> check(), 1)
                .subscribe();
        server = HttpServer.create()
                .port(port)
                .handle((request, response) -> pass(request, response, turns.next()))
                .bindNow();
    }

    int port() {
        return server.port();
    }

    /// The nodes that were ready at the last look.
    List<URI> ready() {
        return turns.all();
    }

    private Mono<List<URI>> check() {
        return Flux.fromIterable(nodes)
                .flatMapSequential(
                        node -> client.responseTimeout(CHECK_WITHIN)
                                .get()
                                .uri(node.resolve("/health/ready"))
                                .response()
                                .map(answer -> answer.status().equals(HttpResponseStatus.OK))
                                .doOnNext(_ -> late.remove(node))
                                .onErrorResume(failure -> Mono.just(isOnlyLate(node, failure)))
                                .filter(Boolean::booleanValue)
                                .map(_ -> node))
                .collectList()
                .map(this::orTheLate)
                .doOnNext(now -> {
                    if (!now.equals(turns.all())) {
                        log.info("Ready nodes: {}", now);
                    }
                    turns.ready(now);
                });
    }

    /// Whether a ready node that says nothing is given another chance: on a busy machine it may be late,
    /// once.
    private boolean isOnlyLate(URI node, Throwable failure) {
        if (!isTimeout(failure)) {
            late.remove(node);
            return false;
        }
        return ready().contains(node) && late.add(node);
    }

    /// When nobody is left, those that were ready and are only late: a slow answer beats none.
    private List<URI> orTheLate(List<URI> now) {
        return now.isEmpty() ? ready().stream().filter(late::contains).toList() : now;
    }

    private Publisher<Void> pass(HttpServerRequest request,
            HttpServerResponse response,
            List<URI> candidates) {
        if (candidates.isEmpty()) {
            return refuse(response, HttpResponseStatus.SERVICE_UNAVAILABLE, "no node is ready");
        }
        URI node = candidates.getFirst();
        return client.headers(headers -> copyRequestHeaders(request, headers))
                .request(request.method())
                .uri(node.resolve(request.uri()))
                .send((_, outbound) -> outbound.send(request.receive().retain()))
                .response((answer, body) -> {
                    copyAnswerHead(answer, response);
                    // Flushed piece by piece: some answers are streams of events.
                    return response.send(body.retain(), _ -> true);
                })
                .onErrorResume(failure -> {
                    if (failure instanceof ConnectException) {
                        log.info("{} takes no connection: {}", node, failure.getMessage());
                        return Flux.from(
                                pass(request, response, candidates.subList(1, candidates.size())));
                    }
                    if (response.hasSentHeaders()) {
                        return Flux.error(failure);
                    }
                    log.warn("{} was lost with a request under way: {}", node, failure.toString());
                    return Flux.from(
                            isTimeout(failure)
                                    ? refuse(
                                            response,
                                            HttpResponseStatus.GATEWAY_TIMEOUT,
                                            "the node does not answer")
                                    : refuse(
                                            response,
                                            HttpResponseStatus.BAD_GATEWAY,
                                            "the node was lost"));
                });
    }

    private static boolean isTimeout(Throwable failure) {
        return failure instanceof TimeoutException
                || failure instanceof io.netty.handler.timeout.TimeoutException;
    }

    private static Publisher<Void> refuse(HttpServerResponse response,
            HttpResponseStatus status,
            String why) {
        return response.status(status)
                .header(HttpHeaderNames.RETRY_AFTER, "1")
                .header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .sendString(Mono.just("{\"error\":\"" + why + "\"}"));
    }

    private static void copyRequestHeaders(HttpServerRequest request, HttpHeaders headers) {
        headers.add(request.requestHeaders());
        HOP_BY_HOP.forEach(headers::remove);
        InetSocketAddress peer = request.remoteAddress();
        if (peer != null) {
            headers.add("X-Forwarded-For", peer.getAddress().getHostAddress());
        }
        if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                && request.requestHeaders().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
        }
    }

    private static void copyAnswerHead(HttpClientResponse answer, HttpServerResponse response) {
        response.status(answer.status());
        response.responseHeaders().add(answer.responseHeaders());
        HOP_BY_HOP.forEach(response.responseHeaders()::remove);
        if (answer.responseHeaders().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            response.chunkedTransfer(true);
        }
    }

    @Override
    public void close() {
        checks.dispose();
        server.disposeNow(Duration.ofSeconds(5));
        connections.disposeLater().block(Duration.ofSeconds(5));
    }
}
