package ai.pathbound.mcp.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Signatures between nodes.
final class NodeSecretTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final byte[] BODY = "body".getBytes(UTF_8);
    private final NodeSecret secret = at(NOW);

    private static NodeSecret at(Instant now) {
        return new NodeSecret("a secret of thirty-two bytes or more", InstantSource.fixed(now));
    }

    @Test
    void ownSignature_isGood() {
        assertThat(secret.isGood(secret.sign("/p", BODY), "/p", BODY)).isTrue();
    }

    @Test
    void otherSecretPathOrBody_isNot() {
        String header = secret.sign("/p", BODY);
        NodeSecret other = new NodeSecret("another secret of thirty-two bytes",
                InstantSource.fixed(NOW));
        assertThat(other.isGood(header, "/p", BODY)).isFalse();
        assertThat(secret.isGood(header, "/q", BODY)).isFalse();
        assertThat(secret.isGood(header, "/p", "bodies".getBytes(UTF_8))).isFalse();
    }

    @Test
    void oldOrFutureSignature_isNot() {
        for (Duration away : new Duration[]{Duration.ofSeconds(31), Duration.ofSeconds(-31)}) {
            String header = at(NOW.minus(away)).sign("/p", BODY);
            assertThat(secret.isGood(header, "/p", BODY)).as("%s away", away).isFalse();
        }
        String header = at(NOW.minusSeconds(29)).sign("/p", BODY);
        assertThat(secret.isGood(header, "/p", BODY)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearer x", "pathbound-node", "pathbound-node x y",
            "pathbound-node 1 zz", "pathbound-node 9999999999999999999 00"})
    void otherHeaders_areNot(String header) {
        assertThat(secret.isGood(header, "/p", BODY)).isFalse();
    }
}
