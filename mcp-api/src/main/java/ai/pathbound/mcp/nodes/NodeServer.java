package ai.pathbound.mcp.nodes;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.LocalReads;
import ai.pathbound.projector.query.Terms;
import ai.pathbound.projector.routing.RouteTable;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// The internal port: other nodes ask here what this node has. A request without a good signature
/// hears nothing but that; a question is never passed on to a third node.
public final class NodeServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeServer.class);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(3);
    /// Longer than a node keeps a connection it does not use.
    private static final Duration IDLE = Duration.ofSeconds(90);
    private static final Duration READ_WITHIN = Duration.ofSeconds(10);
    private static final Duration COMPLAINED_EVERY = Duration.ofSeconds(10);
    static final String PATH = "/node/v1";
    static final String WORD = "pathbound-reply";
    static final String FRESHNESS = "pathbound-freshness";

    private final LocalReads local;
    private final RouteTable routes;
    private final Fronts fronts;
    private final ReadThreads threads;
    private final NodeSecret secret;
    private final long bodyMax;
    private final AtomicLong complained = new AtomicLong(
            System.nanoTime() - COMPLAINED_EVERY.toNanos());
    private final DisposableServer server;

    /// Listens from now on.
    ///
    /// @param bodyMax largest request read
    public NodeServer(NodeSettings settings,
            LocalReads local,
            RouteTable routes,
            Fronts fronts,
            ReadThreads threads,
            NodeSecurity security,
            DataSize bodyMax) {
        this.local = local;
        this.routes = routes;
        this.fronts = fronts;
        this.threads = threads;
        this.secret = security.secret();
        this.bodyMax = bodyMax.toBytes();
        int port = settings.advertised().orElseThrow().port();
        server = security.secure(HttpServer.create())
                .host(settings.bind())
                .port(port)
                .idleTimeout(IDLE)
                .readTimeout(READ_WITHIN)
                .route(paths -> paths.post(PATH, this::handle))
                .bindNow();
        LOG.info("Other nodes are answered on port {}", server.port());
    }

    private Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        long length = request.requestHeaders().getInt("Content-Length", -1);
        if (length < 0 || length > bodyMax) {
            return response.status(413).send();
        }
        return request.receive()
                .aggregate()
                .asByteArray()
                .flatMap(body -> {
                    String given = request.requestHeaders().get("Authorization");
                    if (!secret.isGood(given, PATH, body)) {
                        complain(request);
                        return response.status(401).send();
                    }
                    return reply(body).flatMap(reply -> send(response, NodeWire.write(reply)));
                });
    }

    /// Now and then: whoever is refused may try often.
    private void complain(HttpServerRequest request) {
        long now = System.nanoTime();
        long last = complained.get();
        if (now - last > COMPLAINED_EVERY.toNanos() && complained.compareAndSet(last, now)) {
            LOG.warn("Refused requests without a good signature, the last one from {}",
                    request.remoteAddress());
        }
    }

    private static Mono<Void> send(HttpServerResponse response, NodeWire.Message message) {
        return response.header(WORD, message.word())
                .header(FRESHNESS, message.freshness())
                .header("Content-Length", String.valueOf(message.body().utf8().length))
                .sendByteArray(Mono.just(message.body().utf8()))
                .then();
    }

    private Mono<NodeReply> reply(byte[] body) {
        NodeRequest request;
        try {
            request = NodeWire.readRequest(body);
        } catch (UnknownFormException e) {
            LOG.warn("Another node asks what is not understood here: {}", e.getMessage());
            return Mono.just(new NodeReply.Refused(String.valueOf(e.getMessage())));
        }
        return switch (request) {
            case NodeRequest.Ask ask -> ask(ask);
            case NodeRequest.Await await -> Mono.fromCallable(
                    () -> local.await(await.key(), await.version(), await.atMost())
                            .<NodeReply>map(NodeReply.Awaited::new)
                            .orElseGet(() -> elsewhere(await.key().tenant())))
                    .subscribeOn(threads.waits());
            case NodeRequest.Where _ -> Mono.just(new NodeReply.Known(routes.current()));
            case NodeRequest.Hello(String front) -> {
                fronts.heard(front);
                yield Mono.just(new NodeReply.Serving(fronts.serving()));
            }
        };
    }

    /// Time in the queue counts. A connection that closes cancels this, which interrupts the thread.
    private Mono<NodeReply> ask(NodeRequest.Ask ask) {
        long end = System.nanoTime() + ask.terms().within().toNanos();
        return Mono.fromCallable(() -> {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (!left.isPositive()) {
                return new NodeReply.Busy();
            }
            return local
                    .ask(
                            ask.tenant(),
                            ask.question(),
                            new Terms(left, ask.terms().staleAtMost()))
                    .<NodeReply>map(NodeReply.Answered::new)
                    .orElseGet(() -> unanswered(ask.tenant()));
        }).subscribeOn(threads.reads()).onErrorResume(failure -> {
            if (failure instanceof RejectedExecutionException) {
                return Mono.just(new NodeReply.Busy());
            }
            LOG.error("A question of another node failed", failure);
            return Mono.just(new NodeReply.Refused("internal error"));
        });
    }

    private NodeReply unanswered(String tenant) {
        return local.isStopped()
                ? new NodeReply.Answered(new Answer.Stopped())
                : elsewhere(tenant);
    }

    private NodeReply elsewhere(String tenant) {
        return new NodeReply.Elsewhere(routes.current().of(tenant));
    }

    @Override
    public void close() {
        server.disposeNow(CLOSED_WITHIN);
    }
}
