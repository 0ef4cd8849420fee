package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.McpTestClient.Answer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.schema.jackson3.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The whole server over real HTTP, with a fixed read model and a fake backend.
final class McpServerTest {
    private static final TestServer SERVER = new TestServer(new FixedReadModel(), () -> true);
    private final McpTestClient client = SERVER.client("sk_all");
    private final McpTestClient anyone = SERVER.client("");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void legacyClient_listsAndCallsEachTool_withConformingContent() {
        try (McpSyncClient sdk = legacy()) {
            assertThat(sdk.initialize().protocolVersion()).isEqualTo("2025-11-25");
            List<McpSchema.Tool> tools = sdk.listTools().tools();
            assertThat(tools).hasSize(26);
            DefaultJsonSchemaValidator validator = new DefaultJsonSchemaValidator();
            for (McpSchema.Tool tool : tools) {
                McpSchema.CallToolResult answer = sdk.callTool(
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
            assertThat(sdk.listResources().resources()).hasSize(3);
            assertThat(sdk.listPrompts().prompts()).hasSize(4);
        }
    }

    @Test
    void modernCalls_carryResultTypeAndStructuredContent() {
        Answer found = client.modern("server/discover", "", "");
        assertThat(found.json().at("/result/resultType").asString()).isEqualTo("complete");
        assertThat(found.json().at("/result/supportedVersions/0").asString())
                .isEqualTo("2026-07-28");
        Answer list = client.modern("tools/list", "", "");
        assertThat(list.json().at("/result/tools")).hasSize(26);
        assertThat(list.json().at("/result/cacheScope").asString()).isEqualTo("private");
        Answer call = client.tool("get_contact", "{\"id\":\"ct_1\"}");
        assertThat(call.json().at("/result/structuredContent/contact/contact_id").asString())
                .isEqualTo("ct_1");
        assertThat(call.json().at("/result/_meta").has("ai.pathbound/freshness")).isTrue();
        assertThat(
                client.modern(
                        "resources/read",
                        "pathbound://guide/usage",
                        "\"uri\":\"pathbound://guide/usage\",")
                        .json()
                        .at("/result/contents/0/text")
                        .asString())
                .contains("Pathbound");
        assertThat(
                client.modern(
                        "prompts/get",
                        "account_brief",
                        "\"name\":\"account_brief\",\"arguments\":{\"contact_id\":\"ct_1\"},")
                        .json()
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
        Answer answer = client.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{"
                        + McpTestClient.META
                        + "}}",
                "Mcp-Method",
                header,
                "MCP-Protocol-Version",
                version);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().at("/error/code").asInt()).isEqualTo(code);
    }

    @Test
    void modernVersion_unknown_namesTheSupported() {
        Answer answer = client.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{"
                        + McpTestClient.META.replace("2026-07-28", "2027-01-01") + "}}",
                "Mcp-Method",
                "tools/list",
                "MCP-Protocol-Version",
                "2027-01-01");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/code").asInt()).isEqualTo(-32022);
        assertThat(answer.json().at("/error/data/supported/0").asString()).isEqualTo("2026-07-28");
    }

    @Test
    void missingMeta_underModernHeader_isInvalidParams() {
        Answer answer = client.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                "MCP-Protocol-Version",
                "2026-07-28");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/code").asInt()).isEqualTo(-32602);
    }

    @Test
    void encodedName_isDecoded() {
        assertThat(
                client.modern(
                        "tools/call",
                        "=?base64?Z2V0X2V2ZW50X3R5cGVz?=",
                        "\"name\":\"get_event_types\",").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "1", "",
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"x\"}"})
    void malformedBody_isRefusedWithoutInternals(String body) {
        Answer answer = client.post(body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).doesNotContain("Exception", "at io.", "stackTrace");
    }

    @Test
    void httpRules_areKept() throws Exception {
        String notification = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
        assertThat(client.post(notification).status()).isEqualTo(202);
        assertThat(
                client.post(
                        notification,
                        "MCP-Protocol-Version",
                        "1999-01-01").status())
                .isEqualTo(400);
        assertThat(
                client.post(
                        notification,
                        "Origin",
                        "https://evil.test").status())
                .isEqualTo(403);
        assertThat(client.post(" ".repeat(300_000)).status())
                .isEqualTo(413);
        assertThat(client.get("/mcp").status()).isEqualTo(405);
    }

    @Test
    void legacyPrompt_withoutItsArgument_isInvalidParams() {
        Answer answer = client.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prompts/get\",\"params\":"
                        + "{\"name\":\"account_brief\"}}");
        assertThat(answer.json().at("/error/code").asInt()).isEqualTo(-32602);
        assertThat(answer.json().at("/error/message").asString()).contains("contact_id");
    }

    @Test
    void credentials_areChecked() {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        Answer anonymous = anyone.post(ping);
        assertThat(anonymous.status()).isEqualTo(401);
        assertThat(anonymous.challenge()).isEqualTo("Bearer");
        Answer wrong = SERVER.client("sk_wrong").post(ping);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.challenge()).contains("invalid_token");
        SERVER.client("sk_wrong").post(ping);
        assertThat(SERVER.backend.authCalls.get("sk_wrong")).hasValue(1);
        Answer unverified = anyone.post(ping, "x-api-key", "sk_unverified");
        assertThat(unverified.status()).isEqualTo(403);
        assertThat(unverified.json().at("/error/data/requires_email_verification").asBoolean())
                .isTrue();
        assertThat(SERVER.client("sk_down").post(ping).status()).isEqualTo(503);
        assertThat(client.post(ping).status()).isEqualTo(200);
    }

    @Test
    void scopes_filterTheListAndGuardTheCall() {
        String list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
        assertThat(SERVER.client("sk_events").post(list).json().at("/result/tools"))
                .hasSize(5);
        assertThat(
                SERVER.client("sk_events")
                        .tool("aggregate_data", "{\"entity\":\"events\"}")
                        .status())
                .isEqualTo(200);
        Answer contacts = SERVER.client("sk_events")
                .tool("aggregate_data", "{\"entity\":\"contacts\"}");
        assertThat(contacts.status()).isEqualTo(403);
        assertThat(contacts.challenge()).contains("contacts:read");
        Answer call = SERVER.client("sk_events")
                .post(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                                + "{\"name\":\"get_contact\",\"arguments\":{}}}");
        assertThat(call.status()).isEqualTo(403);
        assertThat(call.challenge()).contains("insufficient_scope", "contacts:read");
        assertThat(SERVER.client("sk_events").tool("create_contact", "{}").status()).isEqualTo(403);
        assertThat(SERVER.audited).anySatisfy(attempt -> {
            assertThat(attempt.tool()).isEqualTo("create_contact");
            assertThat(attempt.outcome()).isEqualTo("forbidden");
        });
    }

    @Test
    void badArguments_areAllNamed() {
        Answer answer = client.tool(
                "list_contacts",
                "{\"contry\":\"Spain\",\"limit\":500,\"sort_dir\":\"down\","
                        + "\"created_after\":\"yesterday\"}");
        assertThat(answer.json().at("/result/isError").asBoolean()).isTrue();
        assertThat(answer.json().at("/result").has("structuredContent")).isFalse();
        JsonNode fields = answer.errorText().at("/error/fields");
        assertThat(fields).hasSize(4);
        assertThat(fields.toString())
                .contains("\"did_you_mean\":\"country\"", "\"did_you_mean\":100", "created_after");
    }

    @Test
    void failures_haveCodesAndNoInternals() {
        assertThat(client.tool("get_contact", "{\"contact_id\":\"ct_missing\"}").code())
                .isEqualTo("not_found");
        Answer stopped = client.tool("get_contact", "{\"contact_id\":\"ct_stopped\"}");
        assertThat(stopped.code()).isEqualTo("stopped");
        assertThat(stopped.text()).contains("operator").doesNotContain("retry_after_ms");
        Answer rebuilding = client.tool("get_contact", "{\"contact_id\":\"ct_rebuilding\"}");
        assertThat(rebuilding.code()).isEqualTo("rebuilding");
        assertThat(rebuilding.errorText().at("/error/retry_after_ms").asInt()).isEqualTo(1500);
        Answer broken = client.tool("get_contact", "{\"contact_id\":\"ct_broken\"}");
        assertThat(broken.code()).isEqualTo("internal");
        assertThat(broken.text()).doesNotContain("jdbc").contains("incident");
    }

    @Test
    void writes_tellWhetherTheyAreVisible() {
        assertThat(
                client.tool("create_contact", "{\"email\":\"new@acme.test\"}")
                        .json()
                        .at("/result/structuredContent/visible")
                        .asBoolean())
                .isTrue();
        assertThat(
                client.tool("create_contact_note", "{\"contact_id\":\"ct_1\",\"content\":\"Hi\"}")
                        .json()
                        .at("/result/structuredContent/visible")
                        .asBoolean(true))
                .isFalse();
    }

    private static Map<String, Object> arguments(String tool) {
        return switch (tool) {
            case "get_contact", "get_contact_timeline", "get_contact_conversations",
                    "list_contact_email_threads", "list_contact_notes" ->
                Map.of("contact_id", "ct_1");
            case "aggregate_data" -> Map.of("entity", "events", "group_by", "event");
            case "get_company", "list_company_notes" -> Map.of("company_id", "co_1");
            case "get_event" -> Map.of("event_id", "evt_1");
            case "batch_get_details" -> Map.of("entity_type", "contacts", "ids", List.of("ct_1"));
            case "batch_get_activity" -> Map.of("contact_ids", List.of("ct_1"));
            case "create_contact" -> Map.of("email", "ana@acme.test");
            case "update_contact" ->
                Map.of("contact_id", "ct_1", "properties", Map.of("city", "Sevilla"));
            case "create_company" -> Map.of("domain", "acme.test");
            case "update_company" ->
                Map.of("company_id", "co_1", "properties", Map.of("name", "Acme"));
            case "create_contact_note" -> Map.of("contact_id", "ct_1", "content", "Hi");
            case "update_contact_note" ->
                Map.of("contact_id", "ct_1", "note_id", "note_1", "content", "Hi");
            case "delete_contact_note" -> Map.of("contact_id", "ct_1", "note_id", "note_1");
            case "create_company_note" -> Map.of("company_id", "co_1", "content", "Hi");
            case "update_company_note" ->
                Map.of("company_id", "co_1", "note_id", "note_1", "content", "Hi");
            case "delete_company_note" -> Map.of("company_id", "co_1", "note_id", "note_1");
            default -> Map.of();
        };
    }

    private McpSyncClient legacy() {
        return McpClient
                .sync(
                        HttpClientStreamableHttpTransport.builder(SERVER.origin())
                                .requestBuilder(
                                        HttpRequest.newBuilder()
                                                .header("Authorization", "Bearer sk_all"))
                                .build())
                .build();
    }
}
