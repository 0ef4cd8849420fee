package ai.pathbound.mcp.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a process must be told to be one of several.
final class NodeSettingsTest {
    private static final String SECRET = "a secret of thirty-two bytes or more";

    private static NodeSettings of(Role role, String address, String secret, String... peers) {
        return new NodeSettings(role, address, "0.0.0.0", secret, List.of(peers),
                Duration.ofSeconds(30), Duration.ofMillis(150), Duration.ofSeconds(2), 8, "");
    }

    @Test
    void aloneNode_needsNothing() {
        assertThat(of(Role.ALL, "", "").isOneOfSeveral()).isFalse();
    }

    @Test
    void nodesThatTalk_needASecret() {
        refused(Role.ALL, "host:1", "", "secret");
        refused(Role.ALL, "host:1", "short", "secret");
        refused(Role.FRONT, "", "short", "secret", "host:1");
        assertThat(of(Role.ALL, "host:1", SECRET).isOneOfSeveral()).isTrue();
        assertThat(of(Role.FRONT, "", SECRET, "host:1").isOneOfSeveral()).isTrue();
    }

    @Test
    void eachRole_needsItsAddresses() {
        refused(Role.PROJECTOR, "", SECRET, "address");
        refused(Role.FRONT, "", SECRET, "peers");
        refused(Role.FRONT, "host:1", SECRET, "address", "host:2");
        refused(Role.ALL, "host", SECRET, "host:port");
        refused(Role.FRONT, "", SECRET, "host:port", "host");
    }

    @Test
    void secret_isNotShown() {
        assertThat(of(Role.ALL, "host:1", SECRET)).asString().doesNotContain(SECRET);
    }

    private static void refused(Role role,
            String address,
            String secret,
            String part,
            String... peers) {
        assertThatThrownBy(() -> of(role, address, secret, peers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
    }
}
