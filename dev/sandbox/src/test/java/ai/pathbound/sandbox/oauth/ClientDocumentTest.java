package ai.pathbound.sandbox.oauth;

import static ai.pathbound.sandbox.oauth.OAuthClient.CALLBACK;
import static ai.pathbound.sandbox.oauth.OAuthClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Clients that name themselves by the address of a document.
class ClientDocumentTest {
    private static final String RESOURCE = "http://localhost:8080/mcp";
    private static final DemoUser ADA = DemoUser.ALL.getFirst();

    private final Path data;
    private final AtomicInteger fetches = new AtomicInteger();
    private final HttpServer documents;
    private final String id;
    private volatile String document;
    private AuthorizationServer server;
    private OAuthClient client;

    ClientDocumentTest(@TempDir Path data) throws IOException {
        this.data = data;
        documents = HttpServer
                .create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        id = "http://127.0.0.1:" + documents.getAddress().getPort() + "/client.json";
        document = described(id, CALLBACK, "");
        documents.createContext("/client.json", exchange -> {
            fetches.incrementAndGet();
            byte[] body = document.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        documents.createContext("/moved.json", exchange -> {
            exchange.getResponseHeaders().set("Location", id);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        documents.start();
        server = start();
        client = new OAuthClient(server.issuer());
    }

    private AuthorizationServer start() {
        return AuthorizationServer
                .start(new AuthorizationSettings(data, RESOURCE, Clock.systemUTC()));
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
        documents.stop(0);
    }

    private static String described(String id, String redirect, String more) {
        return "{\"client_id\":\"%s\",\"client_name\":\"A <b>document</b>\",\"redirect_uris\":[\"%s\"]%s}"
                .formatted(id, redirect, more);
    }

    @Test
    void aDescribedClient_getsTokens_andItsDocumentIsReadOnce() {
        String page = client.consent(request(id, RESOURCE), ADA).body();
        assertThat(page).contains("A &lt;b&gt;document&lt;/b&gt;", id)
                .doesNotContain("<b>document");
        try (OAuthClient another = new OAuthClient(server.issuer())) {
            JsonNode tokens = another.tokens(id, RESOURCE, ADA);
            assertThat(server.check(tokens.path("access_token").asString())).isPresent();
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void itsGrants_outliveARestart() {
        JsonNode tokens = client.tokens(id, RESOURCE, ADA);
        server.close();
        server = start();
        assertThat(client.refresh(id, tokens.path("refresh_token").asString()).status())
                .isEqualTo(200);
        assertThat(fetches).hasValue(2);
    }

    @Test
    void documentsThatDoNotFit_areRefused() {
        for (String unfit : new String[]{"no json", "[]", described(id + "x", CALLBACK, ""),
                described(id, "http://evil.test/callback", ""),
                described(id, CALLBACK, ",\"token_endpoint_auth_method\":\"client_secret_basic\""),
                described(id, CALLBACK, ",\"padding\":\"" + "x".repeat(20_000) + "\"")}) {
            document = unfit;
            assertThat(client.ask(request(id, RESOURCE)).statusCode()).as(unfit).isEqualTo(400);
        }
        document = described(id, CALLBACK, "");
        assertThat(client.ask(request(id, RESOURCE)).statusCode()).isEqualTo(302);
    }

    @Test
    void redirects_areNotFollowed() {
        String moved = id.replace("client.json", "moved.json");
        document = described(moved, CALLBACK, "");
        assertThat(client.ask(request(moved, RESOURCE)).statusCode()).isEqualTo(400);
        assertThat(fetches).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.test/client.json", "https://10.0.0.1/client.json",
            "https://169.254.169.254/latest/meta-data", "https://192.168.1.1/c",
            "https://[fd00::1]/c",
            "https://127.0.0.1/c", "https://100.64.0.1/c", "https://[::ffff:10.0.0.1]/c",
            "https://8.8.8.8",
            "https://8.8.8.8/", "https://8.8.8.8/../c", "https://u@8.8.8.8/c",
            "https://8.8.8.8/c#f",
            "https://no.such.host.invalid/c", "ftp://8.8.8.8/c"})
    void addressesThatMustNotBeFetched_areFound(String address) {
        assertThat(ClientAddress.fault(address)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://8.8.8.8/client.json", "http://localhost:3000/client.json",
            "http://127.0.0.1:3000/client.json"})
    void addressesThatMayBeFetched_areNot(String address) {
        assertThat(ClientAddress.fault(address)).isEmpty();
    }
}
