package ai.pathbound.mcp.nodes;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.LocalReads;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.ReadModel;
import ai.pathbound.projector.query.Terms;
import ai.pathbound.projector.routing.NodeAddress;
import ai.pathbound.projector.routing.Place;
import ai.pathbound.projector.routing.RouteTable;
import ai.pathbound.schemas.topics.ChangeKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// Answers for every tenant: from this process if it owns the tenant's partition, else from the node
/// that does, and from a standby when that one fails or is slow.
public final class RoutedReadModel implements ReadModel {
    private static final Logger LOG = LoggerFactory.getLogger(RoutedReadModel.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    /// A partition changes hands in less; so long a question waits for somebody to have it.
    private static final Duration HANDOVER = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(50);
    /// What the way takes: the other node gives up first, and its word arrives.
    private static final Duration WAY = Duration.ofMillis(200);

    /// Longer than most questions take, shorter than the patience with sets.
    private static final Duration PROBED_AFTER = Duration.ofMillis(400);
    private static final Duration PROBED_WITHIN = Duration.ofMillis(300);

    private final NodeSettings settings;
    private final Optional<NodeAddress> self;
    private final LocalReads local;
    private final RouteTable routes;
    private final NodeClient client;
    private final ReadThreads threads;

    /// @param local what this process has by itself
    public RoutedReadModel(NodeSettings settings,
            LocalReads local,
            RouteTable routes,
            NodeClient client,
            ReadThreads threads) {
        this.settings = settings;
        self = settings.advertised();
        this.local = local;
        this.routes = routes;
        this.client = client;
        this.threads = threads;
    }

    @Override
    public boolean isHere(String tenant) {
        return local.owns(tenant);
    }

    @Override
    public Answer ask(String tenant, Question question) {
        return local.ask(tenant, question, Terms.ofOwner())
                .orElseGet(() -> elsewhere(tenant, question));
    }

    private Answer elsewhere(String tenant, Question question) {
        long end = System.nanoTime() + Terms.WITHIN.toNanos();
        long pauses = HANDOVER.dividedBy(PAUSE);
        AtomicBoolean stopped = new AtomicBoolean(local.isStopped());
        try {
            Answer answer = Mono.defer(() -> attempt(tenant, question, end, stopped))
                    .repeatWhenEmpty(empty -> empty.take(pauses).delayElements(PAUSE))
                    .timeout(Terms.WITHIN.plus(WAY), Mono.empty())
                    .block();
            if (answer != null) {
                return answer;
            }
            // One that stopped does so for what they all follow; while another answers, all is well.
            return stopped.get() ? new Answer.Stopped() : new Answer.Rebuilding(RETRY_AFTER);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof InterruptedException) {
                // Nobody waits for the answer any more; the thread stays interrupted.
                return new Answer.Rebuilding(RETRY_AFTER);
            }
            throw e;
        }
    }

    /// Owner and standbys once; empty when none of them can answer.
    private Mono<Answer> attempt(String tenant,
            Question question,
            long end,
            AtomicBoolean stopped) {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (!left.isPositive()) {
            return Mono.empty();
        }
        Place place = routes.current().of(tenant);
        Sinks.Empty<Answer> unanswered = Sinks.empty();
        Mono<Answer> owner = Mono.justOrEmpty(place.owner().filter(node -> !isSelf(node)))
                .flatMap(node -> owner(node, tenant, question, left, stopped))
                .switchIfEmpty(Mono.fromRunnable(unanswered::tryEmitEmpty));
        Mono<Answer> standby = standby(place, tenant, question, left, stopped)
                .delaySubscription(
                        Mono.firstWithSignal(
                                Mono.delay(patience(place, question)).then(),
                                unanswered.asMono().then(),
                                gone(place)));
        return Flux.merge(owner, standby).next();
    }

    /// How long to wait for the owner alone; not at all for one that is silent.
    private Duration patience(Place place, Question question) {
        if (place.owner().filter(client::isSilent).isPresent()) {
            return Duration.ZERO;
        }
        return switch (question) {
            case Question.OfOne _ -> settings.standbyAfter();
            case Question.OfSet _ -> settings.setsStandbyAfter();
        };
    }

    /// Ends once the owner has said nothing for a while and does not even say who has what, which takes
    /// no time: then it is not the question that takes long.
    private Mono<Void> gone(Place place) {
        return Mono.delay(PROBED_AFTER)
                .then(Mono.justOrEmpty(place.owner().filter(node -> !isSelf(node))))
                .flatMap(
                        node -> client.send(node, new NodeRequest.Where(), PROBED_WITHIN)
                                .hasElement()
                                .onErrorReturn(false))
                .filter(there -> !there)
                .switchIfEmpty(Mono.never())
                .then();
    }

    /// The node that should own the tenant, or once the one it names instead.
    private Mono<Answer> owner(NodeAddress node,
            String tenant,
            Question question,
            Duration within,
            AtomicBoolean stopped) {
        NodeRequest request = new NodeRequest.Ask(tenant, question,
                new Terms(within, Optional.empty()));
        return send(node, request, within).flatMap(
                reply -> reply instanceof NodeReply.Elsewhere(Place place)
                        ? Mono.justOrEmpty(
                                place.owner()
                                        .filter(other -> !isSelf(other) && !other.equals(node)))
                                .flatMap(other -> send(other, request, within))
                        : Mono.just(reply))
                .flatMap(reply -> usable(reply, stopped));
    }

    /// The first standby that can answer; the state of this process last, if it has any.
    private Mono<Answer> standby(Place place,
            String tenant,
            Question question,
            Duration within,
            AtomicBoolean stopped) {
        Terms terms = new Terms(within, Optional.of(settings.staleAtMost()));
        NodeRequest request = new NodeRequest.Ask(tenant, question, terms);
        List<Mono<Answer>> ways = new ArrayList<>();
        for (NodeAddress node : place.standbys()) {
            if (!isSelf(node)) {
                ways.add(send(node, request, within).flatMap(reply -> usable(reply, stopped)));
            }
        }
        ways.add(
                place.standbys().stream().anyMatch(this::isSelf) ? 0 : ways.size(),
                Mono.fromCallable(() -> local.ask(tenant, question, terms).orElse(null))
                        .subscribeOn(threads.reads()));
        return Flux.fromIterable(ways).concatMap(way -> way).next();
    }

    private boolean isSelf(NodeAddress node) {
        return self.filter(node::equals).isPresent();
    }

    /// Empty for trouble, which also makes us look who has what.
    private Mono<NodeReply> send(NodeAddress node, NodeRequest request, Duration within) {
        return client.send(node, request, within.plus(WAY))
                .doOnNext(reply -> {
                    if (reply instanceof NodeReply.Elsewhere) {
                        routes.refresh();
                    }
                })
                .onErrorResume(failure -> {
                    if (failure instanceof RejectedExecutionException) {
                        return Mono.error(failure);
                    }
                    LOG.debug("{} does not answer", node, failure);
                    routes.refresh();
                    return Mono.empty();
                });
    }

    private static Mono<Answer> usable(NodeReply reply, AtomicBoolean stopped) {
        return switch (reply) {
            case NodeReply.Answered(Answer.Stopped _) -> {
                stopped.set(true);
                yield Mono.empty();
            }
            case NodeReply.Answered(Answer.Rebuilding _) -> Mono.empty();
            case NodeReply.Answered(Answer answer) -> Mono.just(answer);
            case NodeReply.Refused(String why) -> {
                LOG.debug("Another node refuses a question: {}", why);
                yield Mono.empty();
            }
            case NodeReply.Elsewhere _,NodeReply.Busy _ -> Mono.empty();
            case NodeReply.Awaited _,NodeReply.Known _,NodeReply.Serving _ ->
                Mono.error(new IllegalArgumentException("no reply to a question: " + reply));
        };
    }

    @Override
    public boolean awaitVersion(ChangeKey key, long version, Duration atMost)
            throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            Optional<Boolean> seen = local.await(key, version, left);
            if (seen.isEmpty()) {
                seen = awaitThere(key, version, left);
            }
            if (seen.isPresent() || left.compareTo(PAUSE) < 0) {
                return seen.orElse(false);
            }
            Thread.sleep(PAUSE);
        }
    }

    private Optional<Boolean> awaitThere(ChangeKey key, long version, Duration left) {
        return Mono.justOrEmpty(
                routes.current().of(key.tenant()).owner().filter(node -> !isSelf(node)))
                .flatMap(node -> send(node, new NodeRequest.Await(key, version, left), left))
                .mapNotNull(
                        reply -> reply instanceof NodeReply.Awaited(boolean visible)
                                ? visible
                                : null)
                .blockOptional();
    }
}
