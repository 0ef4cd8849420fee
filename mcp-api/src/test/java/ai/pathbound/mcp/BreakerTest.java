package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.pathbound.mcp.McpTestClient.Answer;
import ai.pathbound.mcp.StatefulBackend.Fault;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/// A backend that fails is left alone for a while, and one near its limit is not asked.
final class BreakerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void breaker_opensWhileTheBackendFails_andRecovers() {
        LaggingReadModel model = new LaggingReadModel(() -> Duration.ZERO);
        try (StatefulBackend backend = new StatefulBackend(model::changed);
                TestServer server = TestServer.before(
                        backend,
                        model,
                        "pathbound.backend.limit.requests=0",
                        "pathbound.backend.breaker.calls=10",
                        "pathbound.backend.breaker.open-for=500ms")) {
            McpTestClient client = server.client("sk_all");
            backend.faults.addAll(Collections.nCopies(100, Fault.ERROR_BEFORE));
            await().atMost(PATIENCE)
                    .until(() -> update(client).code().equals("backend_unavailable"));
            int reached = backend.writes.get();
            Answer open = update(client);
            assertThat(open.code()).isEqualTo("backend_unavailable");
            assertThat(open.errorText().at("/error/retry_after_ms").asInt()).isEqualTo(500);
            assertThat(backend.writes.get()).isEqualTo(reached).isLessThan(20);
            backend.faults.clear();
            await().atMost(PATIENCE).until(() -> update(client).code().equals("not_found"));
        }
        model.close();
    }

    @Test
    void budget_keepsTheRestForLooking_andSaysWhenThereIsMore() {
        LaggingReadModel model = new LaggingReadModel(() -> Duration.ZERO);
        try (StatefulBackend backend = new StatefulBackend(model::changed);
                TestServer server = TestServer.before(
                        backend,
                        model,
                        "pathbound.backend.limit.requests=10",
                        "pathbound.backend.limit.kept=4")) {
            McpTestClient client = server.client("sk_all");
            // One request was for the key.
            for (int i = 0; i < 5; i++) {
                assertThat(update(client).code()).isEqualTo("not_found");
            }
            Answer spent = update(client);
            assertThat(spent.code()).isEqualTo("rate_limited");
            assertThat(spent.errorText().at("/error/retry_after_ms").asInt())
                    .isBetween(800_000, 900_000);
            assertThat(backend.writes.get()).isEqualTo(5);
            McpTestClient other = server.client("sk_other");
            assertThat(update(other).code()).isEqualTo("not_found");
            backend.headers.put("RateLimit", "\"default\";r=3;t=60");
            assertThat(update(other).code()).isEqualTo("not_found");
            Answer told = update(other);
            assertThat(told.code()).isEqualTo("rate_limited");
            assertThat(told.errorText().at("/error/retry_after_ms").asInt())
                    .isBetween(1, 60_000);
        }
        model.close();
    }

    private static Answer update(McpTestClient client) {
        return client.tool("update_contact", "{\"contact_id\":\"ct_x\",\"properties\":{\"a\":1}}");
    }
}
