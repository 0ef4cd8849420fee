package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.McpTestClient.Answer;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Access tokens against a real authorization server's keys, in both eras.
final class AccessTokenTest {
    private static final String ALL = "contacts:read contacts:write companies:read events:read";
    private static final String METADATA = "https://mcp.pathbound.test"
            + "/.well-known/oauth-protected-resource/mcp";
    private static final RSAKey RSA = AuthorizationServer.rsa("rsa-1");
    private static final ECKey EC = AuthorizationServer.ec("ec-1");
    private static final RSAKey FOREIGN = AuthorizationServer.rsa("rsa-1");
    private static final AuthorizationServer ISSUER = new AuthorizationServer();
    private static final TestServer SERVER = server();

    private static TestServer server() {
        ISSUER.publish(RSA, EC);
        String[] settings = Arrays.copyOf(ISSUER.settings(), 3);
        settings[2] = "pathbound.limits.attempts-per-minute=0";
        return new TestServer(new FixedReadModel(), () -> true, settings);
    }

    @BeforeEach
    void publish() {
        ISSUER.publish(RSA, EC);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        ISSUER.close();
    }

    @Test
    void goodToken_reads_withEitherAlgorithm_inBothEras() {
        for (String token : List.of(ISSUER.token(RSA, ALL), ISSUER.token(EC, ALL))) {
            McpTestClient client = SERVER.client(token);
            assertThat(client.tool("get_contact", "{\"contact_id\":\"ct_1\"}").structured())
                    .isNotEmpty();
            assertThat(client.legacyTool("get_contact", "{\"contact_id\":\"ct_1\"}").structured())
                    .isNotEmpty();
        }
    }

    @Test
    void write_carriesTheTokenToTheBackend_andIsAuditedForItsUser() {
        String token = ISSUER.token(RSA, ALL);
        Answer answer = SERVER.client(token)
                .tool("create_contact", "{\"email\":\"new@acme.test\"}");
        assertThat(answer.json().at("/result/isError").asBoolean(false)).isFalse();
        assertThat(SERVER.backend.writers).contains(token);
        assertThat(SERVER.backend.authCalls).doesNotContainKey(token);
        assertThat(SERVER.audited).anySatisfy(attempt -> {
            assertThat(attempt.userId()).isEqualTo("usr_ana");
            assertThat(attempt.tenant()).isEqualTo("t1");
        });
    }

    @Test
    void apiKeys_workBesideTokens() {
        assertThat(SERVER.client("sk_all").legacy("ping", "{}").status()).isEqualTo(200);
    }

    enum Bad {
        EXPIRED, ETERNAL, NOT_YET, OTHER_AUDIENCE, NO_AUDIENCE, OTHER_ISSUER, NO_TENANT, ODD_TENANT, TENANT_LIST, NO_USER, UNSIGNED, SHARED_SECRET, OTHER_ALGORITHM, UNKNOWN_KEY, FOREIGN_KEY, TAMPERED, GARBAGE
    }

    @ParameterizedTest
    @EnumSource(Bad.class)
    void badToken_isRefusedAlikeInBothEras(Bad bad) throws JOSEException {
        McpTestClient client = SERVER.client(bad(bad));
        for (Answer answer : List.of(
                client.modern("tools/list", "", ""),
                client.legacy("tools/list", "{}"))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.challenge()).contains(
                    "error=\"invalid_token\"",
                    "resource_metadata=\"" + METADATA + "\"");
            assertThat(answer.text()).doesNotContain("Jwt", "Exception", "issuer", "kid", "nimbus");
        }
    }

    private static String bad(Bad bad) throws JOSEException {
        JWTClaimsSet good = ISSUER.claims(ALL).build();
        return switch (bad) {
            case EXPIRED -> ISSUER.token(
                    RSA,
                    ALL,
                    claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60))));
            case ETERNAL -> ISSUER.token(RSA, ALL, claims -> claims.expirationTime(null));
            case NOT_YET -> ISSUER.token(
                    RSA,
                    ALL,
                    claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(120))));
            case OTHER_AUDIENCE ->
                ISSUER.token(RSA, ALL, claims -> claims.audience("https://other.test/mcp"));
            case NO_AUDIENCE -> ISSUER.token(RSA, ALL, claims -> claims.audience((String) null));
            case OTHER_ISSUER ->
                ISSUER.token(RSA, ALL, claims -> claims.issuer("https://other.test"));
            case NO_TENANT -> ISSUER.token(RSA, ALL, claims -> claims.claim("tenant_id", null));
            case ODD_TENANT ->
                ISSUER.token(RSA, ALL, claims -> claims.claim("tenant_id", "../t1"));
            case TENANT_LIST ->
                ISSUER.token(RSA, ALL, claims -> claims.claim("tenant_id", List.of("t1")));
            case NO_USER -> ISSUER.token(RSA, ALL, claims -> claims.subject(" "));
            case UNSIGNED -> new PlainJWT(good).serialize();
            case SHARED_SECRET -> AuthorizationServer.signed(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1").build(),
                    good,
                    new MACSigner(RSA.toRSAPublicKey().getEncoded()));
            case OTHER_ALGORITHM -> AuthorizationServer.signed(
                    new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("rsa-1").build(),
                    good,
                    new RSASSASigner(RSA));
            case UNKNOWN_KEY ->
                AuthorizationServer.signed(AuthorizationServer.rsa("rsa-9"), good);
            case FOREIGN_KEY -> AuthorizationServer.signed(FOREIGN, good);
            case TAMPERED -> {
                String[] parts = ISSUER.token(RSA, ALL).split("\\.", -1);
                String[] other = ISSUER
                        .token(RSA, ALL, claims -> claims.claim("tenant_id", "t2"))
                        .split("\\.", -1);
                yield parts[0] + "." + other[1] + "." + parts[2];
            }
            case GARBAGE -> "eyJhbGciOiJub25lIn0.e30.";
        };
    }

    @Test
    void noToken_isChallengedWithoutAnError_inBothEras() {
        McpTestClient anyone = SERVER.client("");
        for (Answer answer : List.of(
                anyone.modern("server/discover", "", ""),
                anyone.legacy("initialize", "{}"))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.challenge()).startsWith("Bearer resource_metadata=\"" + METADATA)
                    .contains("scope=\"contacts:read contacts:write")
                    .doesNotContain("error");
        }
    }

    @Test
    void missingScope_isChallengedForIt_inBothEras() {
        McpTestClient client = SERVER.client(ISSUER.token(RSA, "events:read"));
        for (Answer answer : List.of(
                client.tool("get_contact", "{\"contact_id\":\"ct_1\"}"),
                client.legacyTool("get_contact", "{\"contact_id\":\"ct_1\"}"))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.challenge()).contains(
                    "error=\"insufficient_scope\"",
                    "scope=\"contacts:read\"",
                    "resource_metadata=\"" + METADATA + "\"");
        }
    }

    @Test
    void scopes_mayBeAList() {
        String token = ISSUER.token(
                RSA,
                "",
                claims -> claims.claim("scope", List.of("contacts:read")));
        assertThat(SERVER.client(token).tool("get_contact", "{\"contact_id\":\"ct_1\"}").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/oauth-protected-resource",
            "/.well-known/oauth-protected-resource/mcp"})
    void metadata_isForAnybody_evenWithAStaleCredential(String path) {
        for (McpTestClient client : List.of(SERVER.client(""), SERVER.client("stale"))) {
            Answer answer = client.get(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("resource").asString())
                    .isEqualTo(AuthorizationServer.AUDIENCE);
            assertThat(answer.json().at("/authorization_servers/0").asString())
                    .isEqualTo(ISSUER.issuer());
            assertThat(answer.json().path("scopes_supported")).isNotEmpty();
        }
    }
}
