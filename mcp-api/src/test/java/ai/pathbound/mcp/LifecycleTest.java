package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.pathbound.mcp.McpTestClient.Answer;
import ai.pathbound.mcp.health.Readiness;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Health, load, and stopping while calls are running.
final class LifecycleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Executor THREADS = Thread::startVirtualThread;

    @Test
    void readiness_followsTheReadModel_andLivingDoesNot() {
        AtomicBoolean ready = new AtomicBoolean();
        try (TestServer server = new TestServer(new FixedReadModel(), ready::get)) {
            McpTestClient anyone = server.client("");
            assertThat(anyone.get("/health/ready").status()).isEqualTo(503);
            assertThat(anyone.get("/health/live").status()).isEqualTo(200);
            ready.set(true);
            assertThat(anyone.get("/health/ready").status()).isEqualTo(200);
            assertThat(anyone.get("/health/other").status()).isEqualTo(401);
            // A name this server does not go by, as orchestrators use.
            McpTestClient probe = new McpTestClient(
                    server.origin().replace("localhost", "127.0.0.2"), "");
            assertThat(probe.get("/health/ready").status()).isEqualTo(200);
            assertThat(probe.get("/mcp").status()).isEqualTo(421);
        }
    }

    @Test
    void endpoint_listensOnTheGivenInterfaceOnly() {
        try (TestServer server = new TestServer(new FixedReadModel(), () -> true,
                "server.address=127.0.0.2")) {
            McpTestClient there = new McpTestClient(
                    server.origin().replace("localhost", "127.0.0.2"), "");
            assertThat(there.get("/health/live").status()).isEqualTo(200);
            McpTestClient elsewhere = new McpTestClient(
                    server.origin().replace("localhost", "127.0.0.1"), "");
            assertThatThrownBy(() -> elsewhere.get("/health/live"))
                    .hasCauseInstanceOf(ConnectException.class);
        }
    }

    @Test
    void restoring_isToldInPercent() {
        Readiness restoring = new Readiness() {
            @Override
            public boolean isReady() {
                return false;
            }

            @Override
            public OptionalInt restoredPercent() {
                return OptionalInt.of(57);
            }
        };
        try (TestServer server = new TestServer(new FixedReadModel(), restoring)) {
            assertThat(server.client("").get("/health/ready").text())
                    .isEqualTo("{\"status\":\"not_ready\",\"restored_percent\":57}");
        }
    }

    @Test
    void readModelThatStopped_saysWhy_andNamesTheWayOut() {
        Readiness stopped = new Readiness() {
            @Override
            public boolean isReady() {
                return false;
            }

            @Override
            public Optional<String> stopped() {
                return Optional.of("partitions_changed");
            }
        };
        try (TestServer server = new TestServer(new FixedReadModel(), stopped)) {
            Answer answer = server.client("").get("/health/ready");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).contains("\"status\":\"stopped\"")
                    .contains("partitions_changed")
                    .contains("./pathbound rebuild");
        }
    }

    @Test
    void readiness_thatCannotBeTold_isNotReady() {
        try (TestServer server = new TestServer(new FixedReadModel(), () -> {
            throw new IllegalStateException("jdbc:secret");
        })) {
            Answer answer = server.client("").get("/health/ready");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).isEqualTo("{\"status\":\"not_ready\"}");
        }
    }

    @Test
    void stop_letsRunningCallsFinish_andTakesNoMore() {
        SlowReadModel model = new SlowReadModel();
        TestServer server = new TestServer(model, () -> true);
        McpTestClient client = server.client("sk_all");
        CompletableFuture<Answer> running = CompletableFuture
                .supplyAsync(() -> client.tool("get_event_types", "{}"), THREADS);
        model.awaitCall();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close, THREADS);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThatThrownBy(() -> server.client("").get("/health/live"))
                                .hasCauseInstanceOf(ConnectException.class));
        assertThat(stopped).isNotDone();
        model.finish();
        assertThat(running).succeedsWithin(PATIENCE)
                .satisfies(answer -> assertThat(answer.structured().has("event_types")).isTrue());
        assertThat(stopped).succeedsWithin(PATIENCE);
    }

    @Test
    void stop_servesOn_untilTheBalancerHasNoticed() throws InterruptedException {
        TestServer server = new TestServer(new FixedReadModel(), () -> true,
                "pathbound.connections.drain=8s");
        McpTestClient client = server.client("sk_all");
        Thread stop = Thread.startVirtualThread(server::close);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(client.get("/health/ready").status()).isEqualTo(503));
        assertThat(client.get("/health/live").status()).isEqualTo(200);
        Answer answer = client.tool("get_event_types", "{}");
        assertThat(answer.structured().has("event_types")).isTrue();
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(stop.isAlive()).isTrue();
        assertThat(stop.join(PATIENCE)).isTrue();
        assertThatThrownBy(() -> server.client("").get("/health/live"))
                .hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void stop_doesNotWaitForEver() {
        SlowReadModel model = new SlowReadModel();
        TestServer server = new TestServer(model, () -> true,
                "spring.lifecycle.timeout-per-shutdown-phase=200ms");
        McpTestClient client = server.client("sk_all");
        CompletableFuture<Answer> running = CompletableFuture
                .supplyAsync(() -> client.tool("get_event_types", "{}"), THREADS);
        model.awaitCall();
        assertThat(CompletableFuture.runAsync(server::close, THREADS)).succeedsWithin(PATIENCE);
        model.finish();
        assertThat(running).failsWithin(PATIENCE);
    }

    @Test
    void questionsBeyondTheQueue_areToldToComeBack() {
        SlowReadModel model = new SlowReadModel();
        try (TestServer server = new TestServer(model, () -> true, "pathbound.reads.threads=1",
                "pathbound.reads.queue-max=1")) {
            McpTestClient client = server.client("sk_all");
            List<CompletableFuture<Answer>> calls = Stream
                    .generate(
                            () -> CompletableFuture
                                    .supplyAsync(() -> client.tool("get_event_types", "{}"),
                                            THREADS))
                    .limit(3)
                    .toList();
            Object refused = CompletableFuture.anyOf(calls.toArray(CompletableFuture[]::new))
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            assertThat(refused).isInstanceOfSatisfying(Answer.class, answer -> {
                assertThat(answer.code()).isEqualTo("overloaded");
                assertThat(answer.errorText().at("/error/retry_after_ms").asInt()).isPositive();
            });
            model.finish();
            assertThat(calls).filteredOn(
                    call -> call.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .join()
                            .code()
                            .isEmpty())
                    .hasSize(2);
        }
    }
}
