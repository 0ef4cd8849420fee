package ai.pathbound.mcp.nodes;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Terms;
import ai.pathbound.projector.routing.NodeAddress;
import ai.pathbound.projector.routing.RouteTable;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Says a word to each other node every second: the first question for one then finds an open
/// connection, and a node that has fallen silent is known before anybody asks for its tenants.
public final class Greetings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Greetings.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final NodeClient client;
    private final RouteTable routes;
    private final Optional<NodeAddress> self;
    private final Disposable running;

    /// Starts greeting.
    public Greetings(NodeSettings settings, NodeClient client, RouteTable routes) {
        this.client = client;
        this.routes = routes;
        self = settings.advertised();
        loadClasses();
        running = Flux.interval(Duration.ZERO, EVERY)
                .onBackpressureDrop()
                .concatMap(_ -> round(), 1)
                .subscribe();
    }

    /// Writing and reading a question for the first time takes a hundred times as long as later.
    private static void loadClasses() {
        byte[] ask = NodeWire.write(
                new NodeRequest.Ask("greeting", new Question.GetContact("nobody"),
                        Terms.ofOwner()));
        NodeRequest read = NodeWire.readRequest(ask);
        NodeReply reply = NodeWire.read(
                NodeWire.write(new NodeReply.Answered(new Answer.Rebuilding(EVERY))));
        LOG.debug("Nodes speak as in {} and {}", read, reply);
    }

    private Mono<Void> round() {
        return Flux.fromIterable(routes.current().nodes())
                .filter(node -> self.filter(node::equals).isEmpty())
                .flatMap(
                        node -> client.send(node, new NodeRequest.Where(), EVERY)
                                .onErrorResume(failure -> {
                                    LOG.debug("{} returns no greeting", node, failure);
                                    return Mono.empty();
                                }))
                .then();
    }

    @Override
    public void close() {
        running.dispose();
    }
}
