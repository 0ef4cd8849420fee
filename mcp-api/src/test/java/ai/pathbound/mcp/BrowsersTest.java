package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What web pages may do, and that nothing is served beside the endpoint.
final class BrowsersTest {
    private static final TestServer SERVER = new TestServer(new FixedReadModel(), () -> true,
            "pathbound.mcp.allowed-origins=https://app.example.com");
    private static final List<String> HEADERS = List.of(
            "authorization",
            "content-type",
            "accept",
            "x-api-key",
            "mcp-protocol-version",
            "mcp-method",
            "mcp-name",
            "mcp-session-id",
            "last-event-id");
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.com", "http://localhost:6274"})
    void preflight_allowsWhatClientsSend_withoutACredential(String origin) throws Exception {
        HttpResponse<String> answer = preflight(origin, "POST", String.join(", ", HEADERS));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(header(answer, "Access-Control-Allow-Methods"))
                .contains("POST", "GET", "DELETE");
        assertThat(header(answer, "Access-Control-Allow-Headers").toLowerCase(Locale.ROOT))
                .contains(HEADERS);
        assertThat(header(answer, "Access-Control-Allow-Credentials")).isEmpty();
        assertThat(header(answer, "Access-Control-Max-Age")).isEqualTo("3600");
    }

    @Test
    void preflight_refusesOthers() throws Exception {
        assertThat(preflight("https://evil.test", "POST", "authorization").statusCode())
                .isEqualTo(403);
        assertThat(preflight("https://app.example.com", "PUT", "authorization").statusCode())
                .isEqualTo(403);
        assertThat(preflight("https://app.example.com", "POST", "x-odd").statusCode())
                .isEqualTo(403);
    }

    @Test
    void answers_mayBeRead_withTheHeadersThatSteerClients() throws Exception {
        HttpResponse<String> answer = http.send(
                request("/mcp").header("Origin", "https://app.example.com")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(header(answer, "Access-Control-Allow-Origin"))
                .isEqualTo("https://app.example.com");
        assertThat(header(answer, "Access-Control-Expose-Headers")).contains(
                "WWW-Authenticate",
                "Retry-After",
                "Mcp-Session-Id",
                "RateLimit-Limit",
                "RateLimit-Remaining",
                "RateLimit-Reset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/health", "/actuator/env",
            "/actuator/heapdump", "/actuator/loggers", "/env", "/metrics", "/", "/login", "/error",
            "/webjars/x", "/favicon.ico", "/mcp/actuator", "/health", "/health/live/x"})
    void nothingElse_isServed_notEvenToCallers(String path) throws Exception {
        assertThat(get(path, "").statusCode()).isEqualTo(401);
        HttpResponse<String> known = get(path, "sk_all");
        assertThat(known.statusCode()).isEqualTo(404);
        assertThat(known.body()).contains("\"reason\":\"not_found\"").doesNotContain("requestId");
    }

    private HttpResponse<String> get(String path, String key)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> preflight(String origin, String method, String headers)
            throws IOException, InterruptedException {
        return http.send(
                request("/mcp").header("Origin", origin)
                        .header("Access-Control-Request-Method", method)
                        .header("Access-Control-Request-Headers", headers)
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(SERVER.origin() + path));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
