package ai.pathbound.sandbox.oauth;

import static ai.pathbound.sandbox.oauth.OAuthClient.CALLBACK;
import static ai.pathbound.sandbox.oauth.OAuthClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The authorization server over real HTTP: forms, codes, tokens.
class AuthorizationServerTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String RESOURCE = "http://localhost:8080/mcp";
    private static final DemoUser ADA = DemoUser.ALL.getFirst();
    private static final DemoUser BOB = DemoUser.ALL.get(1);

    private final Path data;
    private final SteppedClock clock = new SteppedClock();
    private AuthorizationServer server;
    private OAuthClient client;

    AuthorizationServerTest(@TempDir Path data) {
        this.data = data;
        server = start();
        client = new OAuthClient(server.issuer());
    }

    private AuthorizationServer start() {
        return AuthorizationServer.start(new AuthorizationSettings(data, RESOURCE, clock));
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    @Test
    void metadata_saysWhatMcpClientsLookFor() {
        JsonNode metadata = client.metadata();
        assertThat(metadata.path("issuer").asString()).isEqualTo(server.issuer());
        assertThat(metadata.path("code_challenge_methods_supported").toString())
                .isEqualTo("[\"S256\"]");
        assertThat(metadata.path("client_id_metadata_document_supported").asBoolean()).isTrue();
        assertThat(metadata.path("authorization_response_iss_parameter_supported").asBoolean())
                .isTrue();
        assertThat(metadata.path("token_endpoint_auth_methods_supported").toString())
                .isEqualTo("[\"none\"]");
        for (String endpoint : List.of("authorization", "token", "registration", "revocation")) {
            assertThat(metadata.path(endpoint + "_endpoint").asString())
                    .startsWith(server.issuer());
        }
    }

    @Test
    void tokens_carryUserTenantScopesAndAudience_forNinetyDays() throws ParseException {
        String id = client.register();
        Map<String, String> answer = client.authorize(request(id, RESOURCE), ADA);
        assertThat(answer).containsEntry("state", "a state/1")
                .containsEntry("iss", server.issuer());
        JsonNode tokens = client.token(id, answer.getOrDefault("code", ""), Map.of()).body();
        JWTClaimsSet claims = claims(tokens);
        assertThat(claims.getAudience()).containsExactly(RESOURCE);
        assertThat(claims.getIssuer()).isEqualTo(server.issuer());
        assertThat(claims.getSubject()).isEqualTo("usr_acme_ada");
        assertThat(claims.getStringClaim("tenant_id")).isEqualTo("acme");
        assertThat(claims.getStringClaim("scope")).isEqualTo(
                "companies:read companies:write contacts:read contacts:write events:read");
        assertThat(
                Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofDays(90));
        assertThat(server.check(access(tokens))).hasValueSatisfying(
                signedIn -> assertThat(signedIn.user()).isEqualTo(ADA));
    }

    @Test
    void scopesTheUserLacks_areNeitherOfferedNorGranted() throws ParseException {
        String id = client.register();
        HttpResponse<String> page = client.consent(request(id, RESOURCE), BOB);
        assertThat(OAuthClient.scopes(page.body()))
                .containsExactly("companies:read", "contacts:read", "events:read");
        String code = client.answer(page, true).getOrDefault("code", "");
        JsonNode tokens = client.token(id, code, Map.of()).body();
        assertThat(claims(tokens).getStringClaim("scope"))
                .isEqualTo("companies:read contacts:read events:read");
    }

    @Test
    void aUserWithNoneOfTheScopes_isDenied() {
        Map<String, String> request = request(client.register(), RESOURCE);
        request.put("scope", "contacts:write companies:write");
        assertThat(client.authorize(request, BOB)).containsEntry("error", "access_denied")
                .containsEntry("iss", server.issuer())
                .doesNotContainKey("code");
    }

    @Test
    void unknownScopes_areLeftOut_andNothingButUnknownOnes_isRefused() {
        Map<String, String> request = request(client.register(), RESOURCE);
        request.put("scope", "openid contacts:read");
        assertThat(OAuthClient.scopes(client.consent(request, ADA).body()))
                .containsExactly("contacts:read");
        request.put("scope", "openid");
        assertThat(OAuthClient.parameters(OAuthClient.location(client.ask(request))))
                .containsEntry("error", "invalid_scope");
    }

    @Test
    void aUserWhoDenies_sendsTheClientAwayWithoutCode() {
        HttpResponse<String> page = client.consent(request(client.register(), RESOURCE), ADA);
        assertThat(client.answer(page, false)).containsEntry("error", "access_denied")
                .containsEntry("iss", server.issuer());
    }

    @Test
    void aWrongPassword_isToldOnTheLoginPage() {
        DemoUser wrong = new DemoUser(ADA.email(), "wrong", ADA.tenant(), "Ada", ADA.scopes());
        HttpResponse<String> page = client.consent(request(client.register(), RESOURCE), wrong);
        assertThat(page.body()).contains("not one of the demo's users");
    }

    @ParameterizedTest
    @CsvSource({"code_challenge, '', invalid_request",
            "code_challenge_method, plain, invalid_request",
            "code_challenge_method, '', invalid_request",
            "resource, http://localhost:1/mcp, invalid_target"})
    void badRequests_goBackToTheClientWithAnError(String name, String value, String error) {
        Map<String, String> request = request(client.register(), RESOURCE);
        request.put(name, value);
        assertThat(OAuthClient.parameters(OAuthClient.location(client.ask(request))))
                .containsEntry("error", error)
                .containsEntry("iss", server.issuer());
    }

    @ParameterizedTest
    @CsvSource({"redirect_uri, https://evil.test/callback",
            "redirect_uri, http://127.0.0.1:9/other",
            "client_id, nobody", "redirect_uri, ''"})
    void requestsOfUnknownOrigin_areNotSentAnywhere(String name, String value) {
        Map<String, String> request = request(client.register(), RESOURCE);
        request.put(name, value);
        HttpResponse<String> answer = client.ask(request);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(answer.body()).doesNotContain("Exception", "springframework");
    }

    @Test
    void programsOnTheUsersMachine_mayTakeAnyPort() {
        Map<String, String> request = request(client.register(), RESOURCE);
        request.put("redirect_uri", "http://127.0.0.1:54321/callback");
        assertThat(client.authorize(request, ADA)).containsKey("code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.test/callback", "javascript:alert(1)",
            "cursor://callback",
            "https://example.test/#fragment", "https://user@example.test/", "not a uri"})
    void unsafeRedirects_areNotRegistered(String uri) {
        OAuthClient.Answer answer = client.register(Map.of("redirect_uris", List.of(uri)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("error").asString()).isEqualTo("invalid_redirect_uri");
    }

    @Test
    void registration_givesPublicClients_whateverIsAsked() {
        OAuthClient.Answer answer = client.register(
                Map.of(
                        "client_name",
                        "A client",
                        "redirect_uris",
                        List.of(CALLBACK, "https://claude.ai/api/mcp/auth_callback"),
                        "token_endpoint_auth_method",
                        "client_secret_basic",
                        "scope",
                        "contacts:read"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().path("token_endpoint_auth_method").asString()).isEqualTo("none");
        assertThat(answer.body().has("client_secret")).isFalse();
        assertThat(client.register(Map.of("client_name", "No redirects")).status()).isEqualTo(400);
    }

    @Test
    void largeBodies_andThoseOfUnknownLength_areRefused() throws Exception {
        Map<String, Object> large = Map.of("client_name", "x".repeat(BodyBound.BYTES_MAX));
        URI register = URI.create(server.issuer() + "/oauth2/register");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(register)
                    .header("Content-Type", "application/json");
            BodyPublisher body = BodyPublishers.ofString(JSON.writeValueAsString(large));
            assertThat(http.send(request.POST(body).build(), BodyHandlers.ofString()))
                    .satisfies(answer -> {
                        assertThat(answer.statusCode()).isEqualTo(413);
                        assertThat(answer.body()).doesNotContain("Exception", "apache");
                    });
            BodyPublisher endless = BodyPublishers.fromPublisher(BodyPublishers.ofString("{}"));
            assertThat(
                    http.send(request.POST(endless).build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(411);
        }
    }

    @Test
    void asManyLongAddressesAsAllowed_areKept_oneMoreIsRefused() {
        List<String> many = IntStream.rangeClosed(0, RedirectUris.COUNT_MAX)
                .mapToObj(i -> "https://example.test/" + "x".repeat(450) + i)
                .toList();
        assertThat(client.register(Map.of("redirect_uris", many)).status()).isEqualTo(400);
        List<String> allowed = many.subList(0, RedirectUris.COUNT_MAX);
        assertThat(client.register(Map.of("redirect_uris", allowed)).status()).isEqualTo(201);
    }

    @Test
    void clientsThatNobodyUses_goWhenThereAreTooMany() {
        String used = client.register();
        String code = client.authorize(request(used, RESOURCE), ADA).getOrDefault("code", "");
        assertThat(client.token(used, code, Map.of()).status()).isEqualTo(200);
        client.close();
        server.close();
        try (GrantStore store = new GrantStore(data);
                ClientDocuments none = new ClientDocuments()) {
            Clients clients = new Clients(store.jdbc(), none, 3);
            Instant start = Instant.now();
            for (int i = 0; i < 10; i++) {
                clients.save(
                        RegisteredClient
                                .from(PublicClient
                                        .of("id_" + i, "new_" + i, "New", List.of(CALLBACK)))
                                .clientIdIssuedAt(start.plusSeconds(i))
                                .build());
            }
            assertThat(clients.findByClientId(used)).isNotNull();
            assertThat(clients.findByClientId("new_6")).isNull();
            assertThat(clients.findByClientId("new_7")).isNotNull();
            assertThat(clients.findByClientId("new_9")).isNotNull();
        }
        server = start();
        client = new OAuthClient(server.issuer());
    }

    /// A client that is a page registers and gets tokens by itself; signing in is not for scripts.
    @ParameterizedTest
    @CsvSource({"/.well-known/oauth-authorization-server, GET, true", "/oauth2/jwks, GET, true",
            "/oauth2/register, POST, true", "/oauth2/token, POST, true",
            "/oauth2/revoke, POST, true",
            "/login, POST, false", "/oauth2/authorize, GET, false", "/oauth2/token, DELETE, false"})
    void pagesOfOtherSites_mayAskWhatClientsNeed(String path, String method, boolean allowed)
            throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Void> answer = http.send(
                    HttpRequest.newBuilder(URI.create(server.issuer() + path))
                            .method("OPTIONS", BodyPublishers.noBody())
                            .header("Origin", "https://client.example")
                            .header("Access-Control-Request-Method", method)
                            .header("Access-Control-Request-Headers",
                                    "content-type,mcp-protocol-version")
                            .build(),
                    BodyHandlers.discarding());
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin").orElse(""))
                    .isEqualTo(allowed ? "*" : "");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
        }
    }

    @Test
    void codes_needTheirVerifier_theirResource_andWorkOnce() {
        String id = client.register();
        String code = client.authorize(request(id, RESOURCE), ADA).getOrDefault("code", "");
        assertThat(error(client.token(id, code, Map.of("resource", "http://localhost:1/mcp"))))
                .isEqualTo("invalid_target");
        assertThat(error(client.token(id, code, Map.of("code_verifier", "x".repeat(50)))))
                .isEqualTo("invalid_grant");
        JsonNode tokens = client.token(id, code, Map.of()).body();
        assertThat(server.check(access(tokens))).isPresent();
        assertThat(error(client.token(id, code, Map.of()))).isEqualTo("invalid_grant");
        // A code that comes twice may have been stolen (RFC 6749 §4.1.2).
        assertThat(server.check(access(tokens))).isEmpty();
    }

    @Test
    void aReplacedRefreshToken_worksOnceMore_givingTheNewestOne() {
        String id = client.register();
        String first = refreshToken(client.tokens(id, RESOURCE, ADA));
        JsonNode second = client.refresh(id, first).body();
        assertThat(refreshToken(second)).isNotEqualTo(first);
        clock.step(Duration.ofSeconds(29));
        JsonNode again = client.refresh(id, first).body();
        assertThat(refreshToken(again)).isEqualTo(refreshToken(second));
        assertThat(server.check(access(again))).isPresent();

        assertThat(error(client.refresh(id, first))).isEqualTo("invalid_grant");
        assertThat(error(client.refresh(id, refreshToken(second)))).isEqualTo("invalid_grant");
        assertThat(server.check(access(again))).isEmpty();
    }

    @Test
    void aReplacedRefreshToken_afterTheGrace_endsTheGrant() {
        String id = client.register();
        JsonNode tokens = client.tokens(id, RESOURCE, ADA);
        JsonNode second = client.refresh(id, refreshToken(tokens)).body();
        clock.step(Duration.ofSeconds(31));
        assertThat(error(client.refresh(id, refreshToken(tokens)))).isEqualTo("invalid_grant");
        assertThat(error(client.refresh(id, refreshToken(second)))).isEqualTo("invalid_grant");
        assertThat(server.check(access(tokens))).isEmpty();
    }

    @Test
    void refreshTokens_areOfNoUseToOtherClients() {
        String id = client.register();
        String token = refreshToken(client.tokens(id, RESOURCE, ADA));
        assertThat(error(client.refresh(client.register(), token))).isEqualTo("invalid_grant");
        String next = refreshToken(client.refresh(id, token).body());
        assertThat(error(client.refresh(client.register(), token))).isEqualTo("invalid_grant");
        assertThat(client.refresh(id, next).status()).isEqualTo(200);
    }

    @Test
    void aRevokedGrant_isOver() {
        String id = client.register();
        JsonNode tokens = client.tokens(id, RESOURCE, ADA);
        assertThat(client.revoke(id, refreshToken(tokens)).status()).isEqualTo(200);
        assertThat(error(client.refresh(id, refreshToken(tokens)))).isEqualTo("invalid_grant");
        assertThat(server.check(access(tokens))).isEmpty();
    }

    @Test
    void clientsGrantsAndKeys_outliveARestart() {
        String id = client.register();
        JsonNode tokens = client.tokens(id, RESOURCE, ADA);
        String issuer = server.issuer();
        server.close();
        server = start();
        assertThat(server.issuer()).isEqualTo(issuer);
        assertThat(server.check(access(tokens))).isPresent();
        assertThat(client.refresh(id, refreshToken(tokens)).status()).isEqualTo(200);
        assertThat(client.authorize(request(id, RESOURCE), ADA)).containsKey("code");
    }

    private static JWTClaimsSet claims(JsonNode tokens) throws ParseException {
        return SignedJWT.parse(access(tokens)).getJWTClaimsSet();
    }

    private static String access(JsonNode tokens) {
        return tokens.path("access_token").asString();
    }

    private static String refreshToken(JsonNode tokens) {
        return tokens.path("refresh_token").asString();
    }

    private static String error(OAuthClient.Answer answer) {
        return answer.body().path("error").asString("");
    }
}
