package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.McpTestClient.Answer;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The server with an authorization server that changes its keys, is away, differs, or is not there.
final class IssuerTest {
    private static final String ALL = "contacts:read contacts:write companies:read events:read";
    private static final RSAKey RSA = AuthorizationServer.rsa("rsa-1");

    @Test
    void withoutIssuer_thereIsNoMetadata_andTokensAreRefused() {
        try (AuthorizationServer issuer = new AuthorizationServer();
                TestServer keysOnly = new TestServer(new FixedReadModel(), () -> true)) {
            assertThat(keysOnly.client("").get("/.well-known/oauth-protected-resource").status())
                    .isEqualTo(404);
            Answer answer = keysOnly.client(issuer.token(RSA, ALL)).legacy("ping", "{}");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.challenge()).doesNotContain("resource_metadata");
        }
    }

    @Test
    void rotatedKey_isFetched_andMadeUpKeyIdsAreNot() {
        try (AuthorizationServer issuer = new AuthorizationServer();
                TestServer server = new TestServer(new FixedReadModel(), () -> true,
                        issuer.settings())) {
            issuer.publish(RSA);
            assertThat(ping(server, issuer.token(RSA, ALL))).isEqualTo(200);
            RSAKey next = AuthorizationServer.rsa("rsa-2");
            issuer.publish(RSA, next);
            assertThat(ping(server, issuer.token(next, ALL))).isEqualTo(200);
            for (int i = 0; i < 20; i++) {
                RSAKey madeUp = new RSAKey.Builder(RSA).keyID("made-up-" + i).build();
                assertThat(ping(server, issuer.token(madeUp, ALL))).isEqualTo(401);
            }
            assertThat(ping(server, issuer.token(RSA, ALL))).isEqualTo(200);
            assertThat(issuer.fetches.get()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void unreachableIssuer_neitherStopsTheStart_norLooksLikeABadToken() {
        AuthorizationServer gone = new AuthorizationServer();
        String token = gone.token(RSA, ALL);
        gone.close();
        try (TestServer server = new TestServer(new FixedReadModel(), () -> true,
                gone.settings())) {
            for (int i = 0; i < 5; i++) {
                Answer answer = server.client(token).legacy("ping", "{}");
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isEqualTo("10");
            }
            assertThat(ping(server, "sk_all")).isEqualTo(200);
        }
    }

    @Test
    void claims_mayHaveOtherNames() {
        AuthorizationServer issuer = new AuthorizationServer();
        issuer.publish(RSA);
        String[] settings = Arrays.copyOf(issuer.settings(), 5);
        settings[2] = "pathbound.oauth.tenant-claim=org";
        settings[3] = "pathbound.oauth.user-claim=uid";
        settings[4] = "pathbound.oauth.scope-claim=scp";
        try (issuer;
                TestServer server = new TestServer(new FixedReadModel(), () -> true, settings)) {
            Map<String, Object> named = Map
                    .of("org", "t7", "uid", "usr_7", "scp", List.of("contacts:write"));
            String token = issuer.token(RSA, "", claims -> {
                named.forEach(claims::claim);
                return claims.subject(null).claim("tenant_id", null);
            });
            server.client(token).tool("create_contact", "{\"email\":\"new@acme.test\"}");
            assertThat(server.audited).singleElement().satisfies(attempt -> {
                assertThat(attempt.tenant()).isEqualTo("t7");
                assertThat(attempt.userId()).isEqualTo("usr_7");
            });
        }
    }

    private static int ping(TestServer server, String credential) {
        return server.client(credential).legacy("ping", "{}").status();
    }
}
