package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.pathbound.mcp.McpTestClient.Answer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// API keys: how they are sent, and what happens to them while the backend is away or objects.
final class KeyCheckTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void header_isAnAlias_andBothMustAgree() {
        try (TestServer server = server()) {
            McpTestClient anyone = server.client("");
            assertThat(anyone.post(PING, "x-api-key", "sk_all").status()).isEqualTo(200);
            McpTestClient all = server.client("sk_all");
            assertThat(all.post(PING, "x-api-key", "sk_all").status()).isEqualTo(200);
            Answer both = all.post(PING, "x-api-key", "sk_events");
            assertThat(both.status()).isEqualTo(400);
            assertThat(both.text()).contains("invalid_request").doesNotContain("sk_");
            assertThat(anyone.post(PING, "x-api-key", "no_key").status()).isEqualTo(401);
            assertThat(anyone.post(PING, "Authorization", "Basic sk_all").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void keyOfAnOddTenant_isRefused() {
        try (TestServer server = server()) {
            assertThat(ping(server, "sk_astray")).isEqualTo(401);
        }
    }

    @Test
    void outage_letsKnownKeysGoOn_forTheGraceOnly() {
        try (TestServer server = server(
                "pathbound.keys.accepted-for=100ms",
                "pathbound.keys.grace=4s")) {
            assertThat(ping(server, "sk_lasting")).isEqualTo(200);
            goDown_whileTheKeyGoesOn(server);
            assertThat(ping(server, "sk_lasting")).isEqualTo(200);
            Answer unknown = server.client("sk_all").legacy("ping", "{}");
            assertThat(unknown.status()).isEqualTo(503);
            assertThat(unknown.header("Retry-After")).isNotEmpty();
            await().atMost(PATIENCE).until(() -> ping(server, "sk_lasting") == 503);
            server.backend.down = false;
            await().atMost(PATIENCE).until(() -> ping(server, "sk_lasting") == 200);
        }
    }

    /// What is remembered of a key lives from when the backend was asked, however often it is used.
    @Test
    void revokedKey_dies_thoughItIsInConstantUse() {
        try (TestServer server = server("pathbound.keys.accepted-for=2s")) {
            McpTestClient client = server.client("sk_revocable");
            assertThat(client.legacy("ping", "{}").status()).isEqualTo(200);
            server.backend.revoked.add("sk_revocable");
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> client.legacy("ping", "{}").status() == 401);
            assertThat(client.legacy("ping", "{}").status()).isEqualTo(401);
        }
    }

    @Test
    void keyRevokedDuringAnOutage_diesWithTheOutage_notWithTheGrace() {
        try (TestServer server = server(
                "pathbound.keys.accepted-for=100ms",
                "pathbound.keys.grace=1h")) {
            assertThat(ping(server, "sk_lasting")).isEqualTo(200);
            goDown_whileTheKeyGoesOn(server);
            server.backend.revoked.add("sk_lasting");
            assertThat(ping(server, "sk_lasting")).isEqualTo(200);
            server.backend.down = false;
            await().atMost(PATIENCE).until(() -> ping(server, "sk_lasting") == 401);
            // A refusal ends the grace, too.
            server.backend.down = true;
            await().atMost(PATIENCE).until(() -> ping(server, "sk_lasting") == 503);
        }
    }

    @Test
    void refusedWrite_forgetsTheKey() {
        try (TestServer server = server()) {
            McpTestClient client = server.client("sk_revocable");
            assertThat(ping(server, "sk_revocable")).isEqualTo(200);
            server.backend.revoked.add("sk_revocable");
            assertThat(ping(server, "sk_revocable")).isEqualTo(200);
            assertThat(client.tool("create_contact", "{\"email\":\"new@acme.test\"}").code())
                    .isEqualTo("unauthorized");
            assertThat(ping(server, "sk_revocable")).isEqualTo(401);
        }
    }

    @Test
    void answers_carrySecurityHeaders() {
        try (TestServer server = server()) {
            for (Answer answer : new Answer[]{server.client("sk_all").legacy("ping", "{}"),
                    server.client("").legacy("ping", "{}")}) {
                assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
                assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
                assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
                assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
                assertThat(answer.header("Cache-Control")).contains("no-store");
                assertThat(answer.header("Server")).isEmpty();
            }
        }
    }

    /// Takes the backend away, and returns when it was asked about the key in vain.
    private static void goDown_whileTheKeyGoesOn(TestServer server) {
        server.backend.down = true;
        int checks = checks(server);
        await().atMost(PATIENCE).until(() -> {
            assertThat(ping(server, "sk_lasting")).isEqualTo(200);
            return checks(server) > checks;
        });
    }

    private static int checks(TestServer server) {
        return server.backend.authCalls.getOrDefault("sk_lasting", new AtomicInteger()).get();
    }

    private static TestServer server(String... settings) {
        return new TestServer(new FixedReadModel(), () -> true, settings);
    }

    private static int ping(TestServer server, String key) {
        return server.client(key).legacy("ping", "{}").status();
    }
}
