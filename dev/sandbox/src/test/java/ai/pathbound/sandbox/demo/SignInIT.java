package ai.pathbound.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.pathbound.sandbox.oauth.DemoUser;
import ai.pathbound.sandbox.oauth.OAuthClient;
import ai.pathbound.sandbox.terminal.Ports;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Signing in to the demo, and what tokens are good for at its MCP endpoint and behind it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInIT {
    private static final DemoUser ADA = DemoUser.ALL.getFirst();
    private static final DemoUser BOB = DemoUser.ALL.get(1);
    private static final DemoUser GUS = DemoUser.ALL.get(2);

    private final Path data;
    private final int port = Ports.free();
    private DemoProcess demo;

    SignInIT(@TempDir Path data) throws IOException {
        this.data = data;
        demo = DemoProcess.start(data, port);
    }

    @BeforeAll
    void tellsWhereToSignIn() {
        assertThat(demo.issuer()).startsWith("http://localhost:");
    }

    @AfterAll
    void end() throws InterruptedException {
        demo.stop();
    }

    @Test
    void aUser_readsAndWrites_asThemselves() {
        try (ModernMcp mcp = demo.mcp(access(tokens(ADA)))) {
            JsonNode created = mcp.call("create_contact", Map.of("email", "ada@new.test"));
            assertThat(created.path("visible").asBoolean()).isTrue();
            String id = created.at("/contact/contact_id").asString();
            mcp.call("create_contact_note", Map.of("contact_id", id, "content", "Met at a fair."));
            JsonNode read = mcp.call("get_contact", Map.of("contact_id", id));
            assertThat(read.at("/notes/0/author/user_id").asString()).isEqualTo(ADA.id());
        }
    }

    @Test
    void aReader_neitherSeesNorMayUseWritingTools() {
        String token = access(tokens(BOB));
        assertThat(tools(token)).contains("list_contacts")
                .noneMatch(name -> name.matches("(create|update|delete)_.*"));
        HttpResponse<String> refused = post(token, "create_contact");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("insufficient_scope", "contacts:write");
        assertThat(tools(access(tokens(ADA)))).hasSize(26);
    }

    @Test
    void aUserOfAnotherTenant_findsNothingOfTheFirst() {
        try (ModernMcp acme = demo.mcp("sk_demo_acme");
                ModernMcp globex = demo.mcp(access(tokens(GUS)))) {
            JsonNode created = acme.call("create_contact", Map.of("email", "only@acme.test"));
            JsonNode answer = globex.result(
                    "get_contact",
                    Map.of("contact_id", created.at("/contact/contact_id").asString()));
            assertThat(answer.path("content").toString()).contains("not_found");
        }
    }

    @Test
    void tokensForAnotherServer_orWithoutOne_leadToTheSignIn() throws Exception {
        String foreign = signedFor("http://localhost:1/mcp");
        for (String token : List.of(foreign, "")) {
            HttpResponse<String> refused = post(token, "list_contacts");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                    .contains("/.well-known/oauth-protected-resource/mcp");
        }
        assertThat(post(signedFor(demo.endpoint().toString()), "list_contacts").statusCode())
                .isEqualTo(200);
    }

    @Test
    void anEndedGrant_writesNothingAnyMore() {
        try (OAuthClient client = new OAuthClient(demo.issuer())) {
            String id = client.register();
            JsonNode tokens = client.tokens(id, demo.endpoint().toString(), ADA);
            String refresh = tokens.path("refresh_token").asString();
            for (int use = 0; use < 2; use++) {
                assertThat(client.refresh(id, refresh).status()).isEqualTo(200);
            }
            assertThat(client.refresh(id, refresh).status()).isEqualTo(400);
            try (ModernMcp mcp = demo.mcp(access(tokens))) {
                assertThat(
                        mcp.result("create_contact", Map.of("email", "too@late.test"))
                                .path("isError")
                                .asBoolean())
                        .isTrue();
            }
        }
    }

    @Test
    void tokensAndClients_outliveTheDemo() throws Exception {
        try (OAuthClient client = new OAuthClient(demo.issuer())) {
            String id = client.register();
            JsonNode tokens = client.tokens(id, demo.endpoint().toString(), ADA);
            demo.stop();
            demo = DemoProcess.start(data, port);
            assertThat(tools(access(tokens))).hasSize(26);
            assertThat(client.refresh(id, tokens.path("refresh_token").asString()).status())
                    .isEqualTo(200);
        }
    }

    /// With the official TypeScript clients and mcp-remote, through Chromium.
    @Test
    void realClients_signInThroughARealBrowser() throws Exception {
        NodeTools node = NodeTools.prepare(Path.of("src/test/node"), Path.of("target/sign-in"));
        assumeTrue(node.missing().isEmpty(), node.missing());
        assertThat(node.run("sign-in.mjs", demo.endpoint().toString(), node.browser()))
                .contains("ok mcpRemoteLists");
    }

    private JsonNode tokens(DemoUser user) {
        try (OAuthClient client = new OAuthClient(demo.issuer())) {
            return client.tokens(client.register(), demo.endpoint().toString(), user);
        }
    }

    private static String access(JsonNode tokens) {
        return tokens.path("access_token").asString();
    }

    private List<String> tools(String token) {
        try (McpSyncClient client = McpClient
                .sync(
                        HttpClientStreamableHttpTransport.builder("http://localhost:" + port)
                                .requestBuilder(
                                        HttpRequest.newBuilder()
                                                .header("Authorization", "Bearer " + token))
                                .build())
                .build()) {
            return client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
        }
    }

    private HttpResponse<String> post(String token, String tool) {
        HttpRequest.Builder request = HttpRequest.newBuilder(demo.endpoint())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(
                        BodyPublishers.ofString(
                                """
                                        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":{}}}
                                        """
                                        .formatted(tool)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// A token for another audience, with the server's own key and all else as it should be.
    private String signedFor(String audience) throws IOException, ParseException, JOSEException {
        ECKey key = ECKey.parse(Files.readString(data.resolve("oauth/signing-key.json")));
        JWTClaimsSet good = SignedJWT.parse(access(tokens(ADA))).getJWTClaimsSet();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("at+jwt"))
                        .keyID(key.getKeyID())
                        .build(),
                new JWTClaimsSet.Builder(good).audience(audience).build());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }
}
