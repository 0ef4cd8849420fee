package ai.pathbound.bench.client;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A call of every tool that reads, as a model would make it, over the newest entities there are.
public final class ReadTools {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int SHOWN = 100;
    private static final int BATCH = 10;
    private static final String CONTACT_ID = "contact_id";

    private final Requests requests;
    private final List<String> contacts;
    private final List<String> companies;
    private final List<String> events;

    private ReadTools(Requests requests, Connection connection) throws IOException {
        this.requests = requests;
        contacts = ids(connection, "list_contacts", "contacts", CONTACT_ID);
        companies = ids(connection, "list_companies", "companies", "company_id");
        events = ids(connection, "list_events", "events", "id");
    }

    /// All of them, asked of the server at the other end of the connection.
    public static List<ToolCall> of(Requests requests, Connection connection) throws IOException {
        return new ReadTools(requests, connection).all();
    }

    private List<String> ids(Connection connection, String tool, String list, String id)
            throws IOException {
        byte[] answer = connection.exchange(
                requests.tool(tool, Map.of("limit", SHOWN, "fields", "summary")));
        JsonNode items = JSON.readTree(answer).at("/result/structuredContent/" + list);
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path(id).asString())
                .toList();
    }

    private List<ToolCall> all() {
        return List.of(
                one(
                        "list_contacts",
                        Map.of("lifecycle_stage", "customer", "sort_by", "email", "limit", 20)),
                each("get_contact", CONTACT_ID, contacts, Map.of()),
                each("get_contact_timeline", CONTACT_ID, contacts, Map.of("limit", 20)),
                each("get_contact_conversations", CONTACT_ID, contacts, Map.of()),
                each("list_contact_email_threads", CONTACT_ID, contacts, Map.of()),
                each("list_contact_notes", CONTACT_ID, contacts, Map.of()),
                one("list_companies", Map.of("sort_by", "name", "limit", 20)),
                each("get_company", "company_id", companies, Map.of()),
                each("list_company_notes", "company_id", companies, Map.of()),
                one("list_events", Map.of("event_type", "page_view", "limit", 20)),
                each("get_event", "event_id", events, Map.of()),
                one("get_event_types", Map.of()),
                one("get_event_stats", Map.of("interval", "day")),
                one("aggregate_data", Map.of("entity", "events", "group_by", List.of("event"))),
                batches("batch_get_details", "ids", Map.of("entity_type", "contacts")),
                batches("batch_get_activity", "contact_ids", Map.of("events_limit", 5)));
    }

    private ToolCall one(String tool, Map<String, Object> arguments) {
        return new ToolCall(tool, List.of(requests.tool(tool, arguments)));
    }

    private ToolCall each(String tool, String name, List<String> ids, Map<String, Object> others) {
        return new ToolCall(tool,
                ids.stream().map(id -> requests.tool(tool, with(others, name, id))).toList());
    }

    private ToolCall batches(String tool, String name, Map<String, Object> others) {
        return new ToolCall(tool,
                IntStream.range(0, contacts.size() / BATCH)
                        .mapToObj(i -> contacts.subList(i * BATCH, (i + 1) * BATCH))
                        .map(ids -> requests.tool(tool, with(others, name, ids)))
                        .toList());
    }

    private static Map<String, Object> with(Map<String, Object> others,
            String name,
            Object value) {
        Map<String, Object> all = new HashMap<>(others);
        all.put(name, value);
        return all;
    }
}
