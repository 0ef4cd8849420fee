package ai.pathbound.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.json.schema.jackson3.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls every tool several times over generated data, for little, much and nothing, and holds each
/// answer against what its tool promises: the output schema, the same JSON as text, times in UTC, how
/// current it is.
final class AnswerShapes {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern TIME_NAME = Pattern.compile(".*_at|timestamp|at|.*_seen|as_of");
    private static final Pattern UTC = Pattern
            .compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

    private record Made(String tool, Map<String, Object> arguments) {}

    private final McpSyncClient client;
    private final Map<String, Map<String, Object>> schemas;
    private final List<Made> calls = new ArrayList<>();

    AnswerShapes(McpSyncClient client) {
        this.client = client;
        schemas = client.listTools()
                .tools()
                .stream()
                .collect(
                        Collectors.toMap(
                                McpSchema.Tool::name,
                                tool -> Objects.requireNonNull(tool.outputSchema())));
    }

    void check() {
        String contact = first("list_contacts", "/contacts/0/contact_id");
        String company = first("list_companies", "/companies/0/company_id");
        String event = first("list_events", "/events/0/event_id");
        reads(contact, company, event);
        writes();
        assertThat(calls.stream().map(Made::tool).distinct()).as("tools that were called")
                .containsExactlyInAnyOrderElementsOf(schemas.keySet());
    }

    private void reads(String contact, String company, String event) {
        for (String list : List.of("list_contacts", "list_companies", "list_events")) {
            call(list, Map.of());
            call(list, Map.of("fields", "summary", "limit", 100));
            call(list, Map.of("include", "provenance", "limit", 3, "sort_dir", "asc"));
            call(list, Map.of("count_only", true));
            call(list, Map.of("search", "nobody has this"));
            call(list, Map.of("limit", 100, "max_tokens", 500));
            call(list, Map.of("page", 10_000));
        }
        for (String id : List.of(contact, busiest())) {
            call("get_contact", Map.of("contact_id", id));
            call("get_contact", Map.of("contact_id", id, "max_tokens", 500));
            call("get_contact_timeline", Map.of("contact_id", id, "limit", 3));
            call("get_contact_timeline", Map.of("contact_id", id, "date_before", "1999-01-01"));
            call("get_contact_conversations", Map.of("contact_id", id));
            call("get_contact_conversations", Map.of("contact_id", id, "include_messages", true));
            call("list_contact_email_threads", Map.of("contact_id", id));
            call("list_contact_notes", Map.of("contact_id", id));
        }
        call("get_company", Map.of("company_id", company));
        call("list_company_notes", Map.of("company_id", company));
        call("get_event", Map.of("event_id", event));
        JsonNode types = call("get_event_types", Map.of());
        String type = types.at("/event_types/0/event").asString();
        call("list_events", Map.of("event_type", type, "is_bot", false));
        call("get_event_stats", Map.of());
        call("get_event_stats", Map.of("interval", "week", "timezone", "Europe/Madrid"));
        call("get_event_stats", Map.of("event_type", "no_such_event"));
        call("aggregate_data", Map.of("entity", "contacts", "group_by", List.of("country")));
        call("aggregate_data", Map.of("entity", "companies"));
        call(
                "aggregate_data",
                Map.of("entity", "events", "group_by", List.of("event"), "interval", "month"));
        call(
                "aggregate_data",
                Map.of("entity", "events", "filters", Map.of("event", "no_such_event")));
        call(
                "batch_get_details",
                Map.of("entity_type", "contacts", "ids", List.of(contact, "ct_none")));
        call("batch_get_details", Map.of("entity_type", "companies", "ids", List.of("co_none")));
        call("batch_get_activity", Map.of("contact_ids", List.of(contact, "ct_none")));
    }

    private void writes() {
        Map<String, Object> profile = Map.of("firstname", "Ana");
        call(
                "create_contact",
                Map.of("email", "dry@shape.test", "properties", profile, "dry_run", true));
        String contact = call("create_contact", Map.of("email", "ana@shape.test"))
                .at("/contact/contact_id")
                .asString();
        call("update_contact", Map.of("contact_id", contact, "properties", profile));
        call(
                "update_contact",
                Map.of("contact_id", contact, "properties", profile, "dry_run", true));
        String company = call("create_company", Map.of("domain", "shape.test"))
                .at("/company/company_id")
                .asString();
        call("update_company", Map.of("company_id", company, "properties", Map.of("name", "Sh")));
        notes("contact", contact);
        notes("company", company);
    }

    private void notes(String owner, String id) {
        String idName = owner + "_id";
        String note = call("create_" + owner + "_note", Map.of(idName, id, "content", "Hello"))
                .at("/note/note_id")
                .asString();
        call(
                "update_" + owner + "_note",
                Map.of(idName, id, "note_id", note, "content", "Hello again"));
        call("list_" + owner + "_notes", Map.of(idName, id));
        call("delete_" + owner + "_note", Map.of(idName, id, "note_id", note));
    }

    /// The contact with the most events.
    private String busiest() {
        return call(
                "aggregate_data",
                Map.of("entity", "events", "group_by", List.of("contact_id"), "limit", 2))
                .path("groups")
                .valueStream()
                .map(group -> group.at("/key/contact_id").asString(""))
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private String first(String tool, String path) {
        return call(tool, Map.of("limit", 1)).at(path).asString();
    }

    private JsonNode call(String tool, Map<String, Object> arguments) {
        Made made = new Made(tool, arguments);
        calls.add(made);
        McpSchema.CallToolResult result = client
                .callTool(McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
        assertThat(result.isError()).as("%s: %s", made, result.content()).isFalse();
        Object structured = Objects.requireNonNull(result.structuredContent());
        assertThat(
                new DefaultJsonSchemaValidator()
                        .validate(Objects.requireNonNull(schemas.get(tool)), structured)
                        .errorMessage())
                .as("%s", made)
                .isNull();
        JsonNode json = JSON.valueToTree(structured);
        McpSchema.TextContent text = (McpSchema.TextContent) result.content().getFirst();
        assertThat(JSON.readTree(text.text())).as("%s", made).isEqualTo(json);
        assertThat(result.meta()).as("%s", made).containsKey("ai.pathbound/freshness");
        timesAreUtc(json, made);
        return json;
    }

    /// Custom properties hold what tenants put there, times in any form among them.
    private static void timesAreUtc(JsonNode node, Made made) {
        node.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (value.isString() && TIME_NAME.matcher(member.getKey()).matches()) {
                assertThat(value.stringValue()).as("%s: %s", made, member).matches(UTC);
            }
            if (!member.getKey().equals("properties") && !member.getKey().equals("data")) {
                timesAreUtc(value, made);
            }
        });
        if (node.isArray()) {
            node.forEach(item -> timesAreUtc(item, made));
        }
    }
}
