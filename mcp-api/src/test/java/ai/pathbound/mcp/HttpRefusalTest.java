package ai.pathbound.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.errors.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/// Requests that are refused as a whole: by any of the server's parts, in one form of answer.
@ExtendWith(OutputCaptureExtension.class)
final class HttpRefusalTest {
    private static final TestServer SERVER = new TestServer(new FixedReadModel(), () -> true,
            "pathbound.mcp.allowed-hosts=mcp.example.com,odd.example.com:8443",
            "pathbound.mcp.allowed-origins=https://app.example.com",
            "pathbound.connections.body-within=300ms");
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    private static final String HOST = "Host: localhost";
    private static final String KEY = "Authorization: Bearer sk_all";
    private static final String JSON = "Content-Type: application/json";
    /// Reasons that take a broken server or a broken backend, or a credential with too little.
    private static final Set<Reason> ELSEWHERE = EnumSet
            .of(Reason.INTERNAL, Reason.UNAVAILABLE, Reason.RATE_LIMITED);

    /// @param lines headers
    record Case(Reason reason, String start, List<String> lines, String body) {
        @Override
        public String toString() {
            return reason + " " + start;
        }
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    static Stream<Case> refusals() {
        String companies = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                + "{\"name\":\"list_companies\"}}";
        return Stream.of(
                new Case(Reason.INVALID_REQUEST, "POST /mcp",
                        List.of(HOST, KEY, "x-api-key: sk_other", JSON), PING),
                new Case(Reason.UNAUTHORIZED, "POST /mcp", List.of(HOST, JSON), PING),
                new Case(Reason.INVALID_TOKEN, "POST /mcp",
                        List.of(HOST, JSON, "x-api-key: sk_wrong"), PING),
                new Case(Reason.FORBIDDEN, "POST /mcp",
                        List.of(HOST, JSON, "x-api-key: sk_unverified"), PING),
                new Case(Reason.INSUFFICIENT_SCOPE, "POST /mcp",
                        List.of(HOST, JSON, "x-api-key: sk_events"), companies),
                new Case(Reason.FOREIGN_ORIGIN, "POST /mcp",
                        List.of(HOST, KEY, JSON, "Origin: https://evil.test"), PING),
                new Case(Reason.NOT_FOUND, "POST /other", List.of(HOST, KEY, JSON), PING),
                new Case(Reason.METHOD_NOT_ALLOWED, "GET /mcp", List.of(HOST, KEY), ""),
                new Case(Reason.METHOD_NOT_ALLOWED, "DELETE /mcp", List.of(HOST, KEY), ""),
                new Case(Reason.TOO_LARGE, "POST /mcp",
                        List.of(HOST,
                                KEY,
                                JSON,
                                "Content-Length: 300000",
                                "Connection: close"),
                        ""),
                new Case(Reason.UNSUPPORTED_MEDIA_TYPE, "POST /mcp",
                        List.of(HOST, KEY, "Content-Type: text/plain"), PING),
                new Case(Reason.FOREIGN_HOST, "POST /mcp",
                        List.of("Host: evil.test", KEY, JSON), PING));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void everyRefusal_isAJsonRpcError_thatNamesItsReason(Case one) throws IOException {
        RawHttp.Answer answer = one.reason() == Reason.TOO_LARGE
                ? RawHttp.sendHead(SERVER, one.start(), one.lines())
                : RawHttp.send(SERVER, one.start(), one.lines(), one.body().getBytes(UTF_8));
        assertThat(answer.status()).isEqualTo(one.reason().status());
        assertThat(answer.head().toLowerCase(Locale.ROOT))
                .contains("content-type: application/json");
        assertThat(answer.body()).doesNotContain("\n").hasSizeLessThan(500);
        JsonNode json = answer.json();
        assertThat(json.path("jsonrpc").asString()).isEqualTo("2.0");
        assertThat(json.has("id")).isTrue();
        assertThat(json.at("/error/code").asInt()).isEqualTo(one.reason().status());
        assertThat(json.at("/error/message").asString()).isNotBlank();
        assertThat(json.at("/error/data/reason").asString()).isEqualTo(one.reason().word());
    }

    @Test
    void everyReason_isTried() {
        Set<Reason> tried = EnumSet.copyOf(ELSEWHERE);
        refusals().forEach(one -> tried.add(one.reason()));
        tried.add(Reason.TIMEOUT);
        assertThat(tried).containsExactlyInAnyOrder(Reason.values());
    }

    @Test
    void bodyThatDoesNotCome_isRefusedInTheSameForm() throws IOException {
        RawHttp.Answer answer = RawHttp.sendHead(
                SERVER,
                "POST /mcp",
                List.of(HOST, KEY, JSON, "Content-Length: 100"));
        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.json().at("/error/data/reason").asString()).isEqualTo("timeout");
    }

    @ParameterizedTest
    @CsvSource({"'',null", "2025-03-26,null", "2025-06-18,null", "2025-11-25,''",
            "2026-07-28,''"})
    void errorsWithoutAKnownId_haveTheIdTheRevisionDemands(String version, String id)
            throws IOException {
        List<String> lines = new ArrayList<>(List.of(HOST, KEY, JSON));
        if (!version.isEmpty()) {
            lines.add("MCP-Protocol-Version: " + version);
        }
        for (String body : List.of("{", "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}")) {
            JsonNode json = RawHttp.send(SERVER, "POST /mcp", lines, body.getBytes(UTF_8)).json();
            assertThat(json.has("error")).isTrue();
            assertThat(json.has("id")).isEqualTo(!id.isEmpty());
            assertThat(json.path("id").isNull()).isEqualTo(!id.isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "<script>", "text/plain", "application/xml", "*/*", "",
            "application/json; charset=utf-16", "application/json; charset=iso-8859-1",
            "application/json; charset=nonsense", "application/json; charset=\"",
            "application/json\r\nContent-Type: text/plain", "/", ";;;"})
    void bodiesThatAreNoJson_are415_withoutAWordInTheLog(String type, CapturedOutput output)
            throws IOException {
        assertUnsupported(
                List.of(HOST, KEY, "Content-Type: " + type),
                PING.getBytes(UTF_8),
                "application/json");
        assertThat(output.getAll()).doesNotContain("ERROR", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "identity, gzip", "nonsense"})
    void compressedBodies_are415(String encoding) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(PING.getBytes(UTF_8));
        }
        assertUnsupported(
                List.of(HOST, KEY, JSON, "Content-Encoding: " + encoding),
                packed.toByteArray(),
                "Content-Encoding");
    }

    private static void assertUnsupported(List<String> lines, byte[] body, String hint)
            throws IOException {
        RawHttp.Answer answer = RawHttp.send(SERVER, "POST /mcp", lines, body);
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.json().at("/error/message").asString()).contains(hint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "APPLICATION/JSON",
            "application/json;charset=UTF-8",
            "application/json; charset=\"utf-8\"", "application/json; charset=utf8"})
    void jsonInUtf8_isTaken_howeverItIsSpelt(String type) throws IOException {
        RawHttp.Answer answer = RawHttp.send(
                SERVER,
                "POST /mcp",
                List.of(HOST, KEY, "Content-Type: " + type, "Content-Encoding: identity"),
                PING.getBytes(UTF_8));
        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", "localhost.", "localhost:80",
            "localhost:443", "localhost.:9999", "127.0.0.1:8080", "[::1]", "[::1]:8080",
            "mcp.example.com", "MCP.Example.COM.", "mcp.example.com:443", "mcp.example.com:80",
            "odd.example.com:8443"})
    void oneHost_isTheSameInAllSpellings(String host) throws IOException {
        assertThat(ping("Host: " + host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "evil.test", "localhost.evil.test", "mcp.example.com:8443",
            "odd.example.com", "mcp.example.com.evil.test", "[::2]", "localhost:x",
            "localhost@evil.test", "mcp.example.com/", "127.0.0.1.evil.test"})
    void otherHosts_areRefused_andTheSettingIsNamed(String host) throws IOException {
        RawHttp.Answer answer = ping("Host: " + host);
        assertThat(answer.status()).isIn(400, 421);
        if (answer.status() == 421) {
            assertThat(answer.body()).contains("PATHBOUND_ALLOWED_HOSTS");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:6274", "https://localhost", "http://[::1]:8080",
            "https://127.0.0.1:8443", "https://app.example.com", "https://app.example.com:443",
            "https://APP.example.com", "https://app.example.com."})
    void pagesThatMayCall_mayReadTheAnswer(String origin) throws IOException {
        RawHttp.Answer answer = ping(HOST, "Origin: " + origin);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head().toLowerCase(Locale.ROOT))
                .contains("access-control-allow-origin: " + origin.toLowerCase(
                        Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "https://evil.test", "http://app.example.com",
            "https://app.example.com:8443", "https://app.example.com.evil.test",
            "file://localhost", "localhost", "http://localhost.evil.test"})
    void otherPages_areRefused_andTheSettingIsNamed(String origin) throws IOException {
        RawHttp.Answer answer = ping(HOST, "Origin: " + origin);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("PATHBOUND_ALLOWED_ORIGINS");
    }

    @Test
    void foreignHosts_areLogged_butDoNotFillTheLog(CapturedOutput output) throws IOException {
        try (TestServer server = new TestServer(new FixedReadModel(), () -> true)) {
            for (int i = 0; i < 30; i++) {
                RawHttp.send(
                        server,
                        "POST /mcp",
                        List.of("Host: evil" + i + ".test", KEY, JSON),
                        PING.getBytes(UTF_8));
            }
        }
        assertThat(output.getAll().lines().filter(line -> line.contains("evil")).toList())
                .hasSizeBetween(1, 10)
                .first()
                .asString()
                .contains("evil0.test", "PATHBOUND_ALLOWED_HOSTS");
    }

    private static RawHttp.Answer ping(String... lines) throws IOException {
        List<String> all = new ArrayList<>(List.of(lines));
        all.addAll(List.of(KEY, JSON));
        return RawHttp.send(SERVER, "POST /mcp", all, PING.getBytes(UTF_8));
    }
}
