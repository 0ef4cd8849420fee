package ai.pathbound.projector.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pathbound.schemas.topics.TenantPartitioner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who has what, as questions find it.
final class RouteTableTest {
    private static final Place ONE = place("one:1");
    private static final Place TWO = place("two:2");

    private static Place place(String owner) {
        return new Place(Optional.of(NodeAddress.parse(owner)), List.of());
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }

    @Test
    void tenant_isWhereItsPartitionIs() {
        Routes routes = new Routes(List.of(ONE, TWO));
        for (String tenant : List.of("acme", "globex", "t1", "t2", "t3")) {
            assertThat(routes.of(tenant))
                    .isEqualTo(TenantPartitioner.partition(tenant, 2) == 0 ? ONE : TWO);
        }
        assertThat(Routes.UNKNOWN.of("acme")).isEqualTo(Place.NOWHERE);
    }

    @Test
    void change_isSeenAfterARefresh_notBefore() {
        AtomicReference<Routes> now = new AtomicReference<>(new Routes(List.of(ONE)));
        try (RouteTable table = new RouteTable(() -> Optional.of(now.get()),
                Duration.ofHours(1))) {
            await().until(() -> table.current().of("acme").equals(ONE));
            now.set(new Routes(List.of(TWO)));
            assertThat(table.current().of("acme")).isEqualTo(ONE);
            table.refresh();
            await().until(() -> table.current().of("acme").equals(TWO));
        }
    }

    @Test
    void whatCannotBeLookedAt_staysAsItWas() {
        AtomicReference<Supplier<Optional<Routes>>> source = new AtomicReference<>(
                () -> Optional.of(new Routes(List.of(ONE))));
        AtomicReference<Integer> looks = new AtomicReference<>(0);
        try (RouteTable table = new RouteTable(() -> {
            looks.updateAndGet(count -> count + 1);
            return source.get().get();
        }, Duration.ofMillis(5))) {
            await().until(() -> table.current().of("acme").equals(ONE));
            source.set(() -> {
                throw new IllegalStateException("not now");
            });
            int before = looks.get();
            await().until(() -> looks.get() > before + 3);
            source.set(Optional::empty);
            int later = looks.get();
            await().until(() -> looks.get() > later + 3);
            assertThat(table.current().of("acme")).isEqualTo(ONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", ":1", "host:0", "host:70000", "host:x", " host:1"})
    void otherThanHostAndPort_isNoAddress(String text) {
        assertThatThrownBy(() -> NodeAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void address_isWrittenAsItIsRead() {
        assertThat(NodeAddress.parse("[::1]:7070")).hasToString("[::1]:7070");
    }
}
