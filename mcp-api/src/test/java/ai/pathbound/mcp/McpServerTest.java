package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.json.Wire;
import ai.pathbound.projector.query.ReadModel;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.schema.jackson3.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// The whole server over real HTTP, with a fixed read model and a fake backend.
@SpringBootTest(classes = {Application.class,
        McpServerTest.Parts.class}, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class McpServerTest {
    private static final FakeBackend BACKEND = new FakeBackend();
    private static final String META = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}""";
    private final HttpClient http = HttpClient.newHttpClient();
    private final String origin;

    McpServerTest(@Autowired ApplicationContext context) {
        origin = "http://localhost:"
                + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    @TestConfiguration
    static class Parts {
        @Bean
        ReadModel readModel() {
            return new FixedReadModel();
        }
    }

    @DynamicPropertySource
    static void backend(DynamicPropertyRegistry registry) {
        registry.add("pathbound.backend.url", BACKEND::url);
    }

    @AfterAll
    static void stop() {
        BACKEND.close();
    }

    @Test
    void legacyClient_listsAndCallsEachTool_withConformingContent() {
        try (McpSyncClient client = legacy()) {
            assertThat(client.initialize().protocolVersion()).isEqualTo("2025-11-25");
            List<McpSchema.Tool> tools = client.listTools().tools();
            assertThat(tools).hasSize(11);
            DefaultJsonSchemaValidator validator = new DefaultJsonSchemaValidator();
            for (McpSchema.Tool tool : tools) {
                McpSchema.CallToolResult answer = client.callTool(
                        McpSchema.CallToolRequest.builder(tool.name())
                                .arguments(arguments(tool.name()))
                                .build());
                assertThat(answer.isError()).as(tool.name() + answer.content()).isFalse();
                assertThat(
                        validator.validate(tool.outputSchema(), answer.structuredContent())
                                .errorMessage())
                        .as(tool.name())
                        .isNull();
                assertThat(answer.meta()).containsKey("ai.pathbound/freshness");
            }
            assertThat(client.listResources().resources()).hasSize(1);
            assertThat(client.listPrompts().prompts()).hasSize(1);
        }
    }

    @Test
    void modernCalls_carryResultTypeAndStructuredContent() {
        Answer found = modern("server/discover", "", "");
        assertThat(found.json.at("/result/resultType").asString()).isEqualTo("complete");
        assertThat(found.json.at("/result/supportedVersions/0").asString())
                .isEqualTo("2026-07-28");
        Answer list = modern("tools/list", "", "");
        assertThat(list.json.at("/result/tools")).hasSize(11);
        assertThat(list.json.at("/result/cacheScope").asString()).isEqualTo("private");
        Answer call = tool("get_contact", "{\"id\":\"ct_1\"}");
        assertThat(call.json.at("/result/structuredContent/contact/contact_id").asString())
                .isEqualTo("ct_1");
        assertThat(call.json.at("/result/_meta").has("ai.pathbound/freshness")).isTrue();
        assertThat(
                modern(
                        "resources/read",
                        "pathbound://guide/usage",
                        "\"uri\":\"pathbound://guide/usage\",").json
                        .at("/result/contents/0/text")
                        .asString())
                .contains("Pathbound");
        assertThat(
                modern(
                        "prompts/get",
                        "account_brief",
                        "\"name\":\"account_brief\",\"arguments\":{\"contact_id\":\"ct_1\"},").json
                        .at("/result/messages/0/content/text")
                        .asString())
                .contains("ct_1");
    }

    @ParameterizedTest
    @CsvSource({"ping,ping,2026-07-28,404,-32601", "tools/list,tools/call,2026-07-28,400,-32020",
            "tools/list,tools/list,2025-11-25,400,-32020"})
    void modernEnvelope_isChecked(String method,
            String header,
            String version,
            int status,
            int code) {
        Answer answer = post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + META
                        + "}}",
                "Authorization",
                "Bearer sk_all",
                "Mcp-Method",
                header,
                "MCP-Protocol-Version",
                version);
        assertThat(answer.status).isEqualTo(status);
        assertThat(answer.json.at("/error/code").asInt()).isEqualTo(code);
    }

    @Test
    void modernVersion_unknown_namesTheSupported() {
        Answer answer = post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{"
                        + META.replace("2026-07-28", "2027-01-01") + "}}",
                "Authorization",
                "Bearer sk_all",
                "Mcp-Method",
                "tools/list",
                "MCP-Protocol-Version",
                "2027-01-01");
        assertThat(answer.status).isEqualTo(400);
        assertThat(answer.json.at("/error/code").asInt()).isEqualTo(-32022);
        assertThat(answer.json.at("/error/data/supported/0").asString()).isEqualTo("2026-07-28");
    }

    @Test
    void missingMeta_underModernHeader_isInvalidParams() {
        Answer answer = post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                "Authorization",
                "Bearer sk_all",
                "MCP-Protocol-Version",
                "2026-07-28");
        assertThat(answer.status).isEqualTo(400);
        assertThat(answer.json.at("/error/code").asInt()).isEqualTo(-32602);
    }

    @Test
    void encodedName_isDecoded() {
        assertThat(
                modern(
                        "tools/call",
                        "=?base64?Z2V0X2V2ZW50X3R5cGVz?=",
                        "\"name\":\"get_event_types\",").status)
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "1", "",
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"x\"}"})
    void malformedBody_isRefusedWithoutInternals(String body) {
        Answer answer = post(body, "Authorization", "Bearer sk_all");
        assertThat(answer.status).isEqualTo(400);
        assertThat(answer.text).doesNotContain("Exception", "at io.", "stackTrace");
    }

    @Test
    void httpRules_areKept() throws Exception {
        String notification = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
        assertThat(post(notification, "Authorization", "Bearer sk_all").status).isEqualTo(202);
        assertThat(
                post(
                        notification,
                        "Authorization",
                        "Bearer sk_all",
                        "MCP-Protocol-Version",
                        "1999-01-01").status)
                .isEqualTo(400);
        assertThat(
                post(
                        notification,
                        "Authorization",
                        "Bearer sk_all",
                        "Origin",
                        "https://evil.test").status)
                .isEqualTo(403);
        assertThat(post(" ".repeat(300_000), "Authorization", "Bearer sk_all").status)
                .isEqualTo(413);
        HttpRequest get = HttpRequest.newBuilder(URI.create(origin + "/mcp"))
                .header("x-api-key", "sk_all")
                .build();
        assertThat(http.send(get, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void legacyPrompt_withoutItsArgument_isInvalidParams() {
        Answer answer = post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prompts/get\",\"params\":"
                        + "{\"name\":\"account_brief\"}}",
                "Authorization",
                "Bearer sk_all");
        assertThat(answer.json.at("/error/code").asInt()).isEqualTo(-32602);
        assertThat(answer.json.at("/error/message").asString()).contains("contact_id");
    }

    @Test
    void credentials_areChecked() {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        Answer anonymous = post(ping);
        assertThat(anonymous.status).isEqualTo(401);
        assertThat(anonymous.challenge).isEqualTo("Bearer");
        Answer wrong = post(ping, "Authorization", "Bearer sk_wrong");
        assertThat(wrong.status).isEqualTo(401);
        assertThat(wrong.challenge).contains("invalid_token");
        post(ping, "Authorization", "Bearer sk_wrong");
        assertThat(BACKEND.authCalls.get("sk_wrong")).hasValue(1);
        Answer unverified = post(ping, "x-api-key", "sk_unverified");
        assertThat(unverified.status).isEqualTo(403);
        assertThat(unverified.json.path("requires_email_verification").asBoolean()).isTrue();
        assertThat(post(ping, "Authorization", "Bearer sk_down").status).isEqualTo(503);
        assertThat(post(ping, "Authorization", "Bearer sk_all").status).isEqualTo(200);
    }

    @Test
    void scopes_filterTheListAndGuardTheCall() {
        String list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
        assertThat(post(list, "Authorization", "Bearer sk_events").json.at("/result/tools"))
                .hasSize(3);
        Answer call = post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                        + "{\"name\":\"get_contact\",\"arguments\":{}}}",
                "Authorization",
                "Bearer sk_events");
        assertThat(call.status).isEqualTo(403);
        assertThat(call.challenge).contains("insufficient_scope", "contacts:read");
    }

    @Test
    void badArguments_areAllNamed() {
        Answer answer = tool(
                "list_contacts",
                "{\"contry\":\"Spain\",\"limit\":500,\"sort_dir\":\"down\","
                        + "\"created_after\":\"yesterday\"}");
        assertThat(answer.json.at("/result/isError").asBoolean()).isTrue();
        assertThat(answer.json.at("/result").has("structuredContent")).isFalse();
        JsonNode fields = answer.errorText().at("/error/fields");
        assertThat(fields).hasSize(4);
        assertThat(fields.toString())
                .contains("\"did_you_mean\":\"country\"", "\"did_you_mean\":100", "created_after");
    }

    @Test
    void failures_haveCodesAndNoInternals() {
        assertThat(code(tool("get_contact", "{\"contact_id\":\"ct_missing\"}")))
                .isEqualTo("not_found");
        Answer rebuilding = tool("get_contact", "{\"contact_id\":\"ct_rebuilding\"}");
        assertThat(code(rebuilding)).isEqualTo("rebuilding");
        assertThat(rebuilding.errorText().at("/error/retry_after_ms").asInt()).isEqualTo(1500);
        Answer broken = tool("get_contact", "{\"contact_id\":\"ct_broken\"}");
        assertThat(code(broken)).isEqualTo("internal");
        assertThat(broken.text).doesNotContain("jdbc").contains("incident");
        assertThat(code(tool("create_contact", "{\"email\":\"taken@acme.test\"}")))
                .isEqualTo("duplicate");
    }

    @Test
    void writes_tellWhetherTheyAreVisible() {
        assertThat(
                tool("create_contact", "{\"email\":\"new@acme.test\"}").json
                        .at("/result/structuredContent/visible")
                        .asBoolean())
                .isTrue();
        assertThat(
                tool("create_contact_note", "{\"contact_id\":\"ct_1\",\"content\":\"Hi\"}").json
                        .at("/result/structuredContent/visible")
                        .asBoolean(true))
                .isFalse();
    }

    private static String code(Answer answer) {
        return answer.errorText().at("/error/code").asString();
    }

    private static Map<String, Object> arguments(String tool) {
        return switch (tool) {
            case "get_contact", "get_contact_timeline" -> Map.of("contact_id", "ct_1");
            case "get_company" -> Map.of("company_id", "co_1");
            case "get_event" -> Map.of("event_id", "evt_1");
            case "batch_get_details" -> Map.of("entity_type", "contacts", "ids", List.of("ct_1"));
            case "batch_get_activity" -> Map.of("contact_ids", List.of("ct_1"));
            case "create_contact" -> Map.of("email", "ana@acme.test");
            case "create_contact_note" -> Map.of("contact_id", "ct_1", "content", "Hi");
            default -> Map.of();
        };
    }

    private McpSyncClient legacy() {
        return McpClient
                .sync(
                        HttpClientStreamableHttpTransport.builder(origin)
                                .requestBuilder(
                                        HttpRequest.newBuilder()
                                                .header("Authorization", "Bearer sk_all"))
                                .build())
                .build();
    }

    private Answer tool(String name, String arguments) {
        return modern(
                "tools/call",
                name,
                "\"name\":\"" + name + "\",\"arguments\":" + arguments + ",");
    }

    private Answer modern(String method, String name, String params) {
        List<String> headers = new ArrayList<>(
                List.of(
                        "Authorization",
                        "Bearer sk_all",
                        "Mcp-Method",
                        method,
                        "MCP-Protocol-Version",
                        "2026-07-28"));
        if (!name.isEmpty()) {
            headers.addAll(List.of("Mcp-Name", name));
        }
        return post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params
                        + META + "}}",
                headers.toArray(String[]::new));
    }

    private Answer post(String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + "/mcp"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(Arrays.copyOf(headers, headers.length));
        }
        try {
            HttpResponse<String> response = http
                    .send(request.build(), HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            return new Answer(response.statusCode(), text,
                    text.startsWith("{")
                            ? Wire.MAPPER.readTree(text)
                            : Wire.MAPPER.createObjectNode(),
                    response.headers().firstValue("WWW-Authenticate").orElse(""));
        } catch (java.io.IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private record Answer(int status, String text, JsonNode json, String challenge) {
        JsonNode errorText() {
            return Wire.MAPPER.readTree(json.at("/result/content/0/text").asString("{}"));
        }
    }
}
