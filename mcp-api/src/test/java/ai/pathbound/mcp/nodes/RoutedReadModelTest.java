package ai.pathbound.mcp.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Json;
import ai.pathbound.projector.query.LocalReads;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Terms;
import ai.pathbound.projector.routing.NodeAddress;
import ai.pathbound.projector.routing.Place;
import ai.pathbound.projector.routing.RouteTable;
import ai.pathbound.projector.routing.Routes;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// Questions between nodes over real connections; only what a node has is made up.
final class RoutedReadModelTest {
    private static final String SECRET = "a secret of thirty-two bytes or more";
    private static final Question ONE = new Question.GetContact("ct_1");
    private static final Question SET = new Question.EventTypes();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ReadThreads threads = started(new ReadThreads(2, 100));

    /// The very first question of a process loads classes, for seconds on a busy machine.
    @BeforeEach
    void warmUp() {
        RoutedReadModel model = asker(
                Has.nothing(),
                at(node(Has.owner("owner"), Place.NOWHERE)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> text(model.ask("acme", ONE)).equals("owner"));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable part : parts) {
            part.close();
        }
    }

    private <T extends AutoCloseable> T started(T part) {
        parts.push(part);
        return part;
    }

    /// What a node has: an answer as owner, as standby, or neither; it takes a while.
    private static final class Has implements LocalReads {
        private final Optional<String> owned;
        private final Optional<String> copied;
        private final Duration takes;
        private final List<Terms> asked = new ArrayList<>();
        private boolean stopped;
        private final CountDownLatch interrupted = new CountDownLatch(1);

        Has(String owned, String copied, Duration takes) {
            this.owned = Optional.of(owned).filter(text -> !text.isEmpty());
            this.copied = Optional.of(copied).filter(text -> !text.isEmpty());
            this.takes = takes;
        }

        static Has owner(String name) {
            return new Has(name, "", Duration.ZERO);
        }

        static Has copy(String name) {
            return new Has("", name, Duration.ZERO);
        }

        static Has nothing() {
            return new Has("", "", Duration.ZERO);
        }

        static Has stopped() {
            Has none = nothing();
            none.stopped = true;
            return none;
        }

        @Override
        public boolean isStopped() {
            return stopped;
        }

        @Override
        public Optional<Answer> ask(String tenant, Question question, Terms terms) {
            synchronized (asked) {
                asked.add(terms);
            }
            try {
                if (!takes.isZero()) {
                    new CountDownLatch(1).await(takes.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return (owned.isPresent() || terms.staleAtMost().isEmpty() ? owned : copied)
                    .map(RoutedReadModelTest::found);
        }

        int times() {
            synchronized (asked) {
                return asked.size();
            }
        }

        @Override
        public Optional<Boolean> await(ChangeKey key, long version, Duration atMost) {
            return owned.map(_ -> version <= 5);
        }

        @Override
        public boolean owns(String tenant) {
            return owned.isPresent();
        }
    }

    private static Answer found(String name) {
        return new Answer.Found(new Json(name.getBytes(UTF_8)),
                new Freshness(Instant.parse("2026-11-23T12:00:00Z"), 0, true));
    }

    private static String text(Answer answer) {
        return answer instanceof Answer.Found(Json json, Freshness _)
                ? json.toString()
                : answer.getClass().getSimpleName();
    }

    private static NodeSettings settings(String address, String secret) {
        return settings(address, secret, Duration.ofSeconds(2));
    }

    private static NodeSettings settings(String address,
            String secret,
            Duration setsStandbyAfter) {
        return new NodeSettings(Role.ALL, address, "127.0.0.1", secret, List.of(),
                Duration.ofSeconds(30), Duration.ofMillis(150), setsStandbyAfter, 8, "");
    }

    private NodeAddress node(Has has, Place place) {
        return node(has, place, SECRET);
    }

    private NodeAddress node(Has has, Place place, String secret) {
        NodeAddress address = free();
        NodeSettings settings = settings(address.toString(), secret);
        started(
                new NodeServer(settings, has, routes(place),
                        new Fronts(() -> 1, System::nanoTime), threads, security(secret),
                        DataSize.ofKilobytes(256)));
        return address;
    }

    private RouteTable routes(Place place) {
        RouteTable table = started(
                new RouteTable(() -> Optional.of(new Routes(List.of(place))),
                        Duration.ofHours(1)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !table.current().places().isEmpty());
        return table;
    }

    private static NodeSecurity security(String secret) {
        return new NodeSecurity(secret, InstantSource.system(), Optional.empty());
    }

    private RoutedReadModel asker(LocalReads local, Place place) {
        return asker(local, place, Duration.ofSeconds(2));
    }

    private RoutedReadModel asker(LocalReads local, Place place, Duration setsStandbyAfter) {
        return new RoutedReadModel(settings(free().toString(), SECRET, setsStandbyAfter), local,
                routes(place),
                started(new NodeClient(security(SECRET), 8)), threads);
    }

    private static NodeAddress free() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return new NodeAddress("127.0.0.1", socket.getLocalPort());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Place at(NodeAddress owner, NodeAddress... standbys) {
        return new Place(Optional.of(owner), List.of(standbys));
    }

    @Test
    void ownTenant_isAnsweredWithoutAskingAnybody() {
        Has other = Has.owner("other");
        RoutedReadModel model = asker(Has.owner("here"), at(node(other, Place.NOWHERE)));
        assertThat(text(model.ask("acme", ONE))).isEqualTo("here");
        assertThat(other.times()).isZero();
    }

    @Test
    void otherTenant_isAnsweredByItsOwner_andWritesShow() throws InterruptedException {
        RoutedReadModel model = asker(
                Has.nothing(),
                at(node(Has.owner("owner"), Place.NOWHERE)));
        assertThat(text(model.ask("acme", ONE))).isEqualTo("owner");
        ChangeKey key = new ChangeKey("acme", EntityKind.CONTACT, "ct_1");
        assertThat(model.awaitVersion(key, 5, Duration.ofSeconds(1))).isTrue();
        assertThat(model.awaitVersion(key, 6, Duration.ofSeconds(1))).isFalse();
    }

    @Test
    void movedTenant_isAskedForOnceMore_whereTheOldOwnerSays() {
        Has owner = Has.owner("new owner");
        Has old = Has.nothing();
        NodeAddress now = node(owner, Place.NOWHERE);
        RoutedReadModel model = asker(Has.nothing(), at(node(old, at(now))));
        assertThat(text(model.ask("acme", ONE))).isEqualTo("new owner");
        assertThat(old.times()).isEqualTo(1);
    }

    /// Each names the other; a question that is passed on would go round for ever.
    @Test
    void twoThatNameEachOther_areAskedOnceEach_perAttempt() {
        Has first = Has.nothing();
        Has second = Has.nothing();
        NodeAddress other = node(second, at(free()));
        RoutedReadModel model = asker(Has.nothing(), at(node(first, at(other))));
        assertThat(text(model.ask("acme", ONE))).isEqualTo("Rebuilding");
        assertThat(first.times()).isBetween(1, 21);
        // The last attempt may have been cut off.
        assertThat(second.times()).isBetween(first.times() - 1, first.times());
    }

    @Test
    void deadOwner_isReplacedByAStandby_forBothKindsOfQuestions() {
        RoutedReadModel model = asker(
                Has.nothing(),
                at(free(), node(Has.copy("standby"), Place.NOWHERE)));
        assertThat(text(model.ask("acme", ONE))).isEqualTo("standby");
        assertThat(text(model.ask("acme", SET))).isEqualTo("standby");
    }

    @Test
    void deadOwner_isReplacedByOurOwnCopy() {
        RoutedReadModel model = asker(Has.copy("here"), at(free()));
        assertThat(text(model.ask("acme", ONE))).isEqualTo("here");
    }

    @Test
    void slowOwner_isLeft_andHearsOfIt() throws InterruptedException {
        Has owner = new Has("slow", "", Duration.ofSeconds(60));
        Has standby = Has.copy("standby");
        RoutedReadModel model = asker(
                Has.nothing(),
                at(node(owner, Place.NOWHERE), node(standby, Place.NOWHERE)));
        assertThat(text(model.ask("acme", ONE))).isEqualTo("standby");
        assertThat(owner.interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(standby.asked.getFirst().staleAtMost()).contains(Duration.ofSeconds(30));
    }

    /// Takes connections and says nothing, as a process that stands still.
    @Test
    void silentOwner_isLeft_longBeforePatienceWithSetsEnds() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            RoutedReadModel model = asker(
                    Has.nothing(),
                    at(new NodeAddress("127.0.0.1", silent.getLocalPort()),
                            node(Has.copy("standby"), Place.NOWHERE)),
                    Duration.ofMinutes(1));
            assertThat(text(model.ask("acme", SET))).isEqualTo("standby");
        }
    }

    @Test
    void ownerThatThinks_isWaitedFor() {
        Has standby = Has.copy("standby");
        RoutedReadModel model = asker(
                Has.nothing(),
                at(node(new Has("owner", "", Duration.ofSeconds(1)), Place.NOWHERE),
                        node(standby, Place.NOWHERE)),
                Duration.ofMinutes(1));
        assertThat(text(model.ask("acme", SET))).isEqualTo("owner");
        assertThat(standby.times()).isZero();
    }

    @Test
    void timeThatIsLeft_travels() {
        Has owner = Has.owner("owner");
        asker(Has.nothing(), at(node(owner, Place.NOWHERE))).ask("acme", ONE);
        assertThat(owner.asked.getFirst().within()).isPositive()
                .isLessThanOrEqualTo(Terms.WITHIN);
        assertThat(owner.asked.getFirst().staleAtMost()).isEmpty();
    }

    @Test
    void nobody_isRebuilding() {
        assertThat(asker(Has.nothing(), Place.NOWHERE).ask("acme", SET))
                .isEqualTo(new Answer.Rebuilding(Duration.ofSeconds(1)));
    }

    @Test
    void nodeThatStopped_isToldOf_whereNoOtherAnswers() {
        assertThat(asker(Has.stopped(), Place.NOWHERE).ask("acme", SET))
                .isEqualTo(new Answer.Stopped());
        assertThat(
                asker(Has.nothing(), at(node(Has.stopped(), Place.NOWHERE))).ask("acme", ONE))
                .isEqualTo(new Answer.Stopped());
        NodeAddress copy = node(Has.copy("copy"), Place.NOWHERE);
        assertThat(
                text(
                        asker(
                                Has.stopped(),
                                new Place(
                                        Optional.of(node(Has.stopped(), Place.NOWHERE)),
                                        List.of(copy)))
                                .ask("acme", ONE)))
                .isEqualTo("copy");
    }

    @Test
    void wrongSecret_hearsNothing() {
        Has owner = Has.owner("owner");
        NodeAddress node = node(owner, Place.NOWHERE, "another secret of thirty-two bytes");
        assertThat(text(asker(Has.nothing(), at(node)).ask("acme", ONE)))
                .isEqualTo("Rebuilding");
        assertThat(owner.times()).isZero();
    }
}
