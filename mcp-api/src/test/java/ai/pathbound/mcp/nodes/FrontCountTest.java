package ai.pathbound.mcp.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.query.LocalReads;
import ai.pathbound.projector.routing.NodeAddress;
import ai.pathbound.projector.routing.Place;
import ai.pathbound.projector.routing.RouteTable;
import ai.pathbound.projector.routing.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// Fronts and nodes that count each other over real connections.
final class FrontCountTest {
    private static final String SECRET = "a secret of thirty-two bytes or more";
    private static final NodeSecurity SECURITY = new NodeSecurity(SECRET, InstantSource.system(),
            Optional.empty());
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ReadThreads threads = started(new ReadThreads(2, 100));
    private final AtomicLong passed = new AtomicLong();

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

    @Test
    void fronts_areCountedByEachOther_andByNodes() {
        Fronts told = fronts(0);
        Fronts found = fronts(0);
        NodeAddress one = node(told);
        // Nobody tells the fronts of the other node, but it has a partition.
        Place place = new Place(Optional.of(node(found)), List.of());
        FrontCount first = front(one, place);
        FrontCount second = front(one, place);
        await(() -> first.now() == 2 && second.now() == 2);
        await(() -> told.serving() == 2 && found.serving() == 2);
        second.close();
        passed.addAndGet(Fronts.KEPT.toNanos());
        await(() -> first.now() == 1 && told.serving() == 1 && found.serving() == 1);
    }

    @Test
    void nodesOfTheGroupThatServe_countToo() {
        Fronts serving = fronts(3);
        FrontCount front = front(node(serving), Place.NOWHERE);
        await(() -> front.now() == 4 && serving.serving() == 4);
    }

    @Test
    void frontThatNobodyAnswers_isOne() {
        assertThat(front(free(), Place.NOWHERE).now()).isEqualTo(1);
    }

    private Fronts fronts(int members) {
        return new Fronts(() -> members, () -> System.nanoTime() + passed.get());
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
    }

    private NodeAddress node(Fronts fronts) {
        NodeAddress address = free();
        started(
                new NodeServer(settings(Role.PROJECTOR, address.toString(), List.of()),
                        LocalReads.none(), routes(Place.NOWHERE), fronts, threads, SECURITY,
                        DataSize.ofKilobytes(256)));
        return address;
    }

    private FrontCount front(NodeAddress peer, Place place) {
        return started(
                new FrontCount(settings(Role.FRONT, "", List.of(peer.toString())), routes(place),
                        started(new NodeClient(SECURITY, 8))));
    }

    private static NodeSettings settings(Role role, String address, List<String> peers) {
        return new NodeSettings(role, address, "127.0.0.1", SECRET, peers, Duration.ofSeconds(30),
                Duration.ofMillis(150), Duration.ofSeconds(2), 8, "");
    }

    private RouteTable routes(Place place) {
        RouteTable table = started(
                new RouteTable(() -> Optional.of(new Routes(List.of(place))),
                        Duration.ofHours(1)));
        await(() -> !table.current().places().isEmpty());
        return table;
    }

    private static NodeAddress free() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return new NodeAddress("127.0.0.1", socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
