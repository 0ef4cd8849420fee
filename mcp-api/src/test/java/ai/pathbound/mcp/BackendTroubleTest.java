package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.pathbound.mcp.McpTestClient.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The server while its backend is slow, failing or busy, and while keys come and go.
final class BackendTroubleTest {
    private static final TestServer SERVER = new TestServer(new FixedReadModel(), () -> true,
            "pathbound.backend.response-timeout=500ms", "pathbound.keys.accepted-for=2s",
            "pathbound.keys.refused-for=2s");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Executor THREADS = Thread::startVirtualThread;

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource({"silent,outcome_unknown", "hangup,outcome_unknown", "broken,outcome_unknown",
            "garbled,outcome_unknown", "away,backend_unavailable"})
    void failedWrite_saysWhetherItMayHaveHappened(String who, String code) {
        Answer answer = create(who);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/result/isError").asBoolean()).isTrue();
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.text()).doesNotContain("jdbc", "html", "Exception", "127.0.0.1");
    }

    @Test
    void limitedWrite_saysWhenToTryAgain() {
        Answer answer = SERVER.client("sk_limited")
                .tool("create_contact", "{\"email\":\"limited@acme.test\"}");
        assertThat(answer.code()).isEqualTo("rate_limited");
        assertThat(answer.errorText().at("/error/retry_after_ms").asInt()).isEqualTo(9000);
    }

    @Test
    void invalidWrite_namesTheFields() {
        Answer answer = create("odd");
        assertThat(answer.code()).isEqualTo("validation_failed");
        assertThat(answer.errorText().at("/error/fields/0/field").asString()).isEqualTo("email");
    }

    @Test
    void reads_doNotNeedTheBackend_whileTheKeyIsRemembered() {
        create("broken");
        assertThat(SERVER.client("sk_all").tool("get_event_types", "{}").structured())
                .isNotEmpty();
    }

    @Test
    void revokedKey_diesWithinTheCacheTime_andComesBackAfterIt() {
        McpTestClient client = SERVER.client("sk_revocable");
        assertThat(ping(client)).isEqualTo(200);
        SERVER.backend.revoked.add("sk_revocable");
        await().atMost(PATIENCE).until(() -> ping(client) == 401);
        SERVER.backend.revoked.remove("sk_revocable");
        assertThat(ping(client)).isEqualTo(401);
        await().atMost(PATIENCE).until(() -> ping(client) == 200);
        assertThat(SERVER.backend.authCalls.get("sk_revocable")).hasValue(3);
    }

    @Test
    void requestsAtOnce_shareOneCheck() {
        McpTestClient client = SERVER.client("sk_shared");
        List<CompletableFuture<Integer>> pings = Stream
                .generate(() -> CompletableFuture.supplyAsync(() -> ping(client), THREADS))
                .limit(20)
                .toList();
        assertThat(pings).allSatisfy(
                ping -> assertThat(ping).succeedsWithin(PATIENCE).isEqualTo(200));
        assertThat(SERVER.backend.authCalls.get("sk_shared")).hasValue(1);
    }

    private static int ping(McpTestClient client) {
        return client.legacy("ping", "{}").status();
    }

    private static Answer create(String who) {
        return SERVER.client("sk_all")
                .tool("create_contact", "{\"email\":\"" + who + "@acme.test\"}");
    }
}
