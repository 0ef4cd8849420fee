package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pathbound.mcp.McpTestClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

/// No secret leaves the server, whatever goes wrong and however much it logs.
@ExtendWith(OutputCaptureExtension.class)
final class SecretsTest {
    private static final String MARK = "7f3a91";

    @Test
    void secrets_areInNoLogAndNoAnswer(CapturedOutput output) {
        AuthorizationServer issuer = new AuthorizationServer();
        issuer.publish(AuthorizationServer.rsa("rsa-1"));
        String[] settings = Arrays.copyOf(issuer.settings(), 6);
        settings[2] = "logging.level.root=debug";
        settings[3] = "logging.level.ai.pathbound=trace";
        settings[4] = "pathbound.backend.response-timeout=500ms";
        settings[5] = "pathbound.limits.attempts-per-minute=8";
        List<Answer> answers = new ArrayList<>();
        try (issuer;
                TestServer server = new TestServer(new FixedReadModel(), () -> true, settings)) {
            McpTestClient good = server.client("sk_marked_good_" + MARK);
            for (String who : new String[]{"new", "taken", "silent", "hangup", "broken"}) {
                answers.add(
                        good.tool("create_contact", "{\"email\":\"" + who + "@acme.test\"}"));
            }
            answers.add(good.tool("get_contact", "{\"contact_id\":\"ct_broken\"}"));
            answers.add(good.post("{", "x-api-key", "sk_other_" + MARK));
            answers.add(good.get("/nowhere"));
            for (String bad : new String[]{"sk_wrong_" + MARK, MARK, "eyJhbGciOiJub25lIn0." + MARK,
                    issuer.token(
                            AuthorizationServer.rsa("key-" + MARK),
                            MARK,
                            claims -> claims.audience(MARK))}) {
                answers.add(server.client(bad).legacy("ping", "{}"));
                answers.add(server.client("").post("{", "Authorization", "Basic " + bad));
                answers.add(server.client("").get("/mcp?access_token=none"));
            }
            server.backend.revoked.add("sk_marked_good_" + MARK);
            answers.add(good.tool("create_contact", "{\"email\":\"new@acme.test\"}"));
        }
        assertThat(output.getAll()).contains("DEBUG").doesNotContain(MARK);
        assertThat(answers).extracting(Answer::status).contains(200, 400, 401, 404, 429);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.text()).doesNotContain(
                    MARK,
                    "Exception",
                    "ai.pathbound.mcp",
                    "springframework",
                    "requestId",
                    "jdbc");
            assertThat(answer.headers().map().toString()).doesNotContain(MARK);
        });
    }

    @Test
    void secretsOfTheNode_areNotRepeated_whenItCannotStart(CapturedOutput output) {
        assertThatThrownBy(
                () -> new TestServer(new FixedReadModel(), () -> true,
                        "logging.level.root=debug", "pathbound.confirm.key=" + MARK))
                .isInstanceOf(Exception.class);
        assertThat(output.getAll()).contains("pathbound.confirm.key must be base64")
                .doesNotContain(MARK);
    }

    @Test
    void settingsOfKafka_areNotPrinted() {
        ProjectorProperties properties = new ProjectorProperties("localhost:9092", "it",
                Path.of("state"), 1, DataSize.ofMegabytes(64), DataSize.ofMegabytes(64),
                DataSize.ofMegabytes(64), ProjectorProperties.ProcessingGuarantee.AT_LEAST_ONCE,
                Duration.ofSeconds(10), DataSize.ofBytes(0), Duration.ofDays(3), 0,
                Map.of("ssl.key.password", MARK));
        assertThat(properties.toString() + properties.settings(Optional.empty()))
                .contains("localhost:9092")
                .doesNotContain(MARK);
    }
}
