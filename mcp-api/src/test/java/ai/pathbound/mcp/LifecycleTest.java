package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.pathbound.mcp.McpTestClient.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.ReadModel;
import ai.pathbound.schemas.topics.ChangeKey;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Health, and stopping while calls are running.
final class LifecycleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
                .supplyAsync(() -> client.tool("get_event_types", "{}"));
        model.awaitCall();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
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
    void stop_doesNotWaitForEver() {
        SlowReadModel model = new SlowReadModel();
        TestServer server = new TestServer(model, () -> true,
                "spring.lifecycle.timeout-per-shutdown-phase=200ms");
        McpTestClient client = server.client("sk_all");
        CompletableFuture<Answer> running = CompletableFuture
                .supplyAsync(() -> client.tool("get_event_types", "{}"));
        model.awaitCall();
        assertThat(CompletableFuture.runAsync(server::close)).succeedsWithin(PATIENCE);
        model.finish();
        assertThat(running).failsWithin(PATIENCE);
    }

    /// Answers once it is told to.
    private static final class SlowReadModel implements ReadModel {
        private final ReadModel answers = new FixedReadModel();
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch finish = new CountDownLatch(1);

        @Override
        public ai.pathbound.projector.query.Answer ask(String tenant, Question question) {
            asked.countDown();
            awaitOrFail(finish);
            return answers.ask(tenant, question);
        }

        @Override
        public boolean awaitVersion(ChangeKey key, long version, Duration atMost) {
            return true;
        }

        void awaitCall() {
            awaitOrFail(asked);
        }

        void finish() {
            finish.countDown();
        }

        private static void awaitOrFail(CountDownLatch latch) {
            try {
                if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nobody came");
                }
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }
}
