package ai.pathbound.sandbox.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.hostile.Mcp.Era;
import ai.pathbound.sandbox.hostile.Mcp.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// A whole node with passwords for Kafka and a key of its own keeps them to itself, however much it
/// logs.
@ExtendWith(OutputCaptureExtension.class)
final class NodeSecretsIT {
    private static final String MARK = "mk83f1q";
    /// 32 bytes, known by its first characters.
    private static final String KEY = "bWs4M2YxcW1rODNmMXFtazgzZjFxbWs4M2YxcW1rODM=";

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void secrets_areInNoLogAndNoAnswer(CapturedOutput output) {
        try (Stack stack = new Stack(folder, "logging.level.ai.pathbound=trace",
                "logging.level.org.apache.kafka=info",
                "pathbound.confirm.key=" + KEY,
                "pathbound.projector.kafka.sasl.jaas.config="
                        + "org.apache.kafka.common.security.plain.PlainLoginModule required"
                        + " username=\"u\" password=\"" + MARK + "\";",
                "pathbound.projector.kafka.ssl.key.password=" + MARK,
                "pathbound.projector.kafka.ssl.truststore.password=" + MARK)) {
            stack.load(Marked.of("acme", "amberfox", 1));
            for (Era era : Era.values()) {
                try (Mcp good = new Mcp(stack.port(), "sk_demo_acme", era);
                        Mcp wrong = new Mcp(stack.port(), "sk_" + MARK, era)) {
                    for (Reply reply : List.of(
                            good.tool("get_contact", Map.of("contact_id", "ct_0")),
                            good.tool("create_contact", Map.of("email", era + "@firm.test")),
                            good.tool(
                                    "delete_contact_note",
                                    Map.of("contact_id", "ct_1", "note_id", "note_none")),
                            good.read("pathbound://access"),
                            wrong.list("tools"))) {
                        assertThat(reply.text() + reply.headers())
                                .doesNotContain(MARK, KEY.substring(0, 8), "sk_demo");
                    }
                }
            }
        }
        assertThat(output.getAll()).contains("sasl.jaas.config = [hidden]")
                .doesNotContain(MARK, KEY.substring(0, 8), "sk_demo");
    }
}
