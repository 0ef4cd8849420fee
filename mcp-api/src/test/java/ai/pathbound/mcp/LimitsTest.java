package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.McpTestClient.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Limits per user and per address, over HTTP.
final class LimitsTest {
    private static final Executor THREADS = Thread::startVirtualThread;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsBeyondTheLimit_getA429_inEitherEra(boolean modern) {
        try (TestServer server = server("reads-per-minute=2", "writes-per-minute=1")) {
            McpTestClient client = server.client("sk_all");
            Answer first = read(client, modern);
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.header("RateLimit-Limit")).isEqualTo("2");
            assertThat(first.header("RateLimit-Remaining")).isEqualTo("1");
            assertThat(first.header("RateLimit-Reset")).isEqualTo("30");
            assertThat(first.header("Retry-After")).isEmpty();
            read(client, modern);
            Answer refused = read(client, modern);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.json().at("/error/code").asInt()).isEqualTo(429);
            assertThat(refused.json().path("jsonrpc").asString()).isEqualTo("2.0");
            assertThat(refused.json().path("id").asInt()).isEqualTo(1);
            assertThat(refused.json().at("/error/data/retry_after_ms").asInt())
                    .isBetween(1, 30_000);
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 30);
            assertThat(refused.header("RateLimit-Remaining")).isEqualTo("0");
            // All keys and tokens of the user share the limit; writes have their own.
            assertThat(server.client("sk_shared").post("{").status()).isEqualTo(429);
            assertThat(write(client, modern).status()).isEqualTo(200);
            assertThat(write(client, modern).status()).isEqualTo(429);
            assertThat(server.audited).hasSize(1);
        }
    }

    @Test
    void callsAtOnce_areBounded() {
        try (TestServer server = server("concurrent=1")) {
            McpTestClient client = server.client("sk_all");
            client.legacy("ping", "{}");
            List<CompletableFuture<Integer>> calls = Stream
                    .generate(
                            () -> CompletableFuture.supplyAsync(
                                    () -> client
                                            .tool(
                                                    "create_contact",
                                                    "{\"email\":\"silent@acme.test\"}")
                                            .status(),
                                    THREADS))
                    .limit(2)
                    .toList();
            assertThat(calls.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(
                    200,
                    429);
        }
    }

    @Test
    void failedAttempts_areCountedByAddress_andRememberedKeysGoOn() {
        try (TestServer server = server("attempts-per-minute=3")) {
            assertThat(ping(server, "sk_all")).isEqualTo(200);
            assertThat(ping(server, "sk_wrong_1")).isEqualTo(401);
            assertThat(ping(server, "sk_wrong_1")).isEqualTo(401);
            assertThat(ping(server, "")).isEqualTo(401);
            Answer anonymous = server.client("").legacy("ping", "{}");
            assertThat(anonymous.status()).isEqualTo(429);
            assertThat(anonymous.json().at("/error/code").asInt()).isEqualTo(429);
            assertThat(anonymous.header("Retry-After")).isNotEmpty();
            assertThat(anonymous.header("RateLimit-Limit")).isEqualTo("3");
            assertThat(ping(server, "sk_wrong_1")).isEqualTo(429);
            assertThat(ping(server, "sk_wrong_2")).isEqualTo(429);
            assertThat(server.backend.authCalls).doesNotContainKey("sk_wrong_2");
            assertThat(ping(server, "sk_all")).isEqualTo(200);
            assertThat(server.client("").get("/health/live").status()).isEqualTo(200);
        }
    }

    @Test
    void longTexts_areRefused() {
        try (TestServer server = server("reads-per-minute=0")) {
            String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":\"";
            Answer tooLong = server.client("sk_all").post(body + "x".repeat(100_001) + "\"}}");
            assertThat(tooLong.status()).isEqualTo(400);
            assertThat(tooLong.json().at("/error/code").asInt()).isEqualTo(-32700);
            Answer justRight = server.client("sk_all").post(body + "x".repeat(99_000) + "\"}}");
            assertThat(justRight.status()).isEqualTo(200);
        }
    }

    private static TestServer server(String... limits) {
        String[] settings = Stream
                .concat(
                        Stream.of(limits).map(limit -> "pathbound.limits." + limit),
                        Stream.of("pathbound.backend.response-timeout=500ms"))
                .toArray(String[]::new);
        return new TestServer(new FixedReadModel(), () -> true, settings);
    }

    private static Answer read(McpTestClient client, boolean modern) {
        String arguments = "{\"contact_id\":\"ct_1\"}";
        return modern
                ? client.tool("get_contact", arguments)
                : client.legacyTool("get_contact", arguments);
    }

    private static Answer write(McpTestClient client, boolean modern) {
        String arguments = "{\"email\":\"new@acme.test\"}";
        return modern
                ? client.tool("create_contact", arguments)
                : client.legacyTool("create_contact", arguments);
    }

    private static int ping(TestServer server, String key) {
        return server.client(key).legacy("ping", "{}").status();
    }
}
