package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.McpTestClient.Answer;
import ai.pathbound.mcp.StatefulBackend.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Reading after writing, while the read model lags behind the backend.
final class ReadYourWritesTest {
    private static final Random RANDOM = new Random(7);
    private static final AtomicReference<Supplier<Duration>> LAG = new AtomicReference<>(
            () -> Duration.ZERO);
    private static final LaggingReadModel MODEL = new LaggingReadModel(() -> LAG.get().get());
    private static final StatefulBackend BACKEND = new StatefulBackend(MODEL::changed);
    private static final TestServer SERVER = TestServer.before(
            BACKEND,
            MODEL,
            "pathbound.reads.visible-within=300ms",
            "pathbound.backend.limit.requests=0");
    private final McpTestClient client = SERVER.client("sk_all");

    @AfterAll
    static void stop() {
        SERVER.close();
        BACKEND.close();
        MODEL.close();
    }

    /// Every fourth answer gets lost. Some wait long enough and some do not; whoever is told `visible` sees the contact, nobody is
    /// told of a failure, and nothing is created twice.
    @Test
    void pairsAtOnce_seeWhatTheyAreTold() throws Exception {
        int pairs = 200;
        int before = BACKEND.contacts().size();
        List<Boolean> seen;
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Callable<Boolean>> calls = IntStream.range(0, pairs)
                    .<Callable<Boolean>>mapToObj(i -> () -> pair("pair" + i + "@acme.test"))
                    .toList();
            LAG.set(() -> Duration.ofMillis(RANDOM.nextInt(600)));
            for (int i = 0; i < pairs / 4; i++) {
                BACKEND.faults.addAll(
                        List.of(Fault.NONE, Fault.RESET_AFTER, Fault.NONE, Fault.NONE));
            }
            seen = threads.invokeAll(calls, 60, TimeUnit.SECONDS)
                    .stream()
                    .map(Future::resultNow)
                    .toList();
        } finally {
            LAG.set(() -> Duration.ZERO);
        }
        assertThat(seen).contains(true, false);
        assertThat(BACKEND.contacts()).hasSize(before + pairs);
    }

    private boolean pair(String email) {
        Answer written = client.tool("create_contact", "{\"email\":\"" + email + "\"}");
        assertThat(written.structured().has("contact")).as(written.text()).isTrue();
        boolean visible = written.structured().path("visible").asBoolean();
        if (visible) {
            String id = written.structured().at("/contact/contact_id").asString();
            Answer read = client.tool("get_contact", "{\"contact_id\":\"" + id + "\"}");
            assertThat(read.structured().at("/contact/properties/email").asString())
                    .as(read.text())
                    .isEqualTo(email);
        }
        return visible;
    }

    @Test
    void token_letsALaterReadWait_andAStaleAnswerSaysSo() {
        LAG.set(() -> Duration.ofMillis(450));
        Answer written = client.tool("create_contact", "{\"email\":\"token@acme.test\"}");
        assertThat(written.structured().path("visible").asBoolean(true)).isFalse();
        assertThat(written.json().at("/result/_meta/ai.pathbound~1freshness/stale").asBoolean())
                .isTrue();
        JsonNode token = written.json().at("/result/_meta/ai.pathbound~1written");
        assertThat(token.path("kind").asString()).isEqualTo("contact");
        String id = token.path("id").asString();
        Answer read = read(id, token.toString());
        assertThat(read.structured().at("/contact/contact_id").asString()).isEqualTo(id);
        assertThat(read.json().at("/result/_meta/ai.pathbound~1freshness").has("stale")).isFalse();
        Answer stale = read(id, "{\"kind\":\"contact\",\"id\":\"" + id + "\",\"version\":9}");
        assertThat(stale.json().at("/result/_meta/ai.pathbound~1freshness/stale").asBoolean())
                .isTrue();
        Answer absent = read(
                "ct_other",
                "{\"kind\":\"contact\",\"id\":\"ct_other\",\"version\":1}");
        assertThat(absent.code()).isEqualTo("not_found");
        assertThat(absent.errorText().at("/error/message").asString()).contains("not readable yet");
        assertThat(read(id, "{\"kind\":\"planet\"}").code()).isEqualTo("invalid_arguments");
        LAG.set(() -> Duration.ZERO);
    }

    private Answer read(String id, String token) {
        String meta = McpTestClient.META
                .replace("\"_meta\":{", "\"_meta\":{\"ai.pathbound/written\":" + token + ",");
        return client.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{"
                        + "\"name\":\"get_contact\",\"arguments\":{\"contact_id\":\"" + id + "\"},"
                        + meta + "}}",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                "get_contact",
                "MCP-Protocol-Version",
                "2026-07-28");
    }
}
