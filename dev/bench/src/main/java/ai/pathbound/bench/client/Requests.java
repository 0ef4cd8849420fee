package ai.pathbound.bench.client;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The calls that are timed, over the contacts the demo has.
public final class Requests {
    private static final JsonMapper JSON = new JsonMapper();
    /// The demo's key with all scopes.
    public static final String KEY = "sk_demo_acme";
    /// Name of [#nobody()].
    public static final String NOBODY = "get_contact of nobody";
    private static final int CONTACTS = 100;
    private static final int BATCH = 10;

    private final int port;

    public Requests(int port) {
        this.port = port;
    }

    /// Goes through authentication, parsing and routing, and does nothing.
    public ToolCall ping() {
        return new ToolCall("ping",
                List.of(bytes(Map.of("jsonrpc", "2.0", "id", 1, "method", "ping"))));
    }

    /// A tool that finds nothing: all that any tool costs, waiting for a reading thread included.
    public ToolCall nobody() {
        return new ToolCall(NOBODY,
                List.of(tool("get_contact", Map.of("contact_id", "ct_none"))));
    }

    /// Calls of the tools that are asked most, over the first contacts there are.
    public List<ToolCall> tools(Connection connection) throws IOException {
        List<String> contacts = contacts(connection);
        return List.of(
                new ToolCall("get_contact",
                        contacts.stream()
                                .map(id -> tool("get_contact", Map.of("contact_id", id)))
                                .toList()),
                new ToolCall("batch_get_details",
                        IntStream.range(0, contacts.size() / BATCH)
                                .mapToObj(i -> contacts.subList(i * BATCH, (i + 1) * BATCH))
                                .map(
                                        ids -> tool(
                                                "batch_get_details",
                                                Map.of("entity_type", "contacts", "ids", ids)))
                                .toList()),
                new ToolCall("get_contact_timeline",
                        contacts.stream()
                                .map(
                                        id -> tool(
                                                "get_contact_timeline",
                                                Map.of("contact_id", id, "limit", 20)))
                                .toList()),
                new ToolCall("aggregate_data",
                        List.of(
                                tool(
                                        "aggregate_data",
                                        Map.of(
                                                "entity",
                                                "events",
                                                "group_by",
                                                List.of("event"))),
                                tool(
                                        "aggregate_data",
                                        Map.of("entity", "events", "interval", "day")),
                                tool(
                                        "aggregate_data",
                                        Map.of(
                                                "entity",
                                                "contacts",
                                                "group_by",
                                                List.of("country"))))));
    }

    private List<String> contacts(Connection connection) throws IOException {
        byte[] answer = connection.exchange(
                tool("list_contacts", Map.of("limit", CONTACTS, "fields", "summary")));
        JsonNode contacts = JSON.readTree(answer).at("/result/structuredContent/contacts");
        return StreamSupport.stream(contacts.spliterator(), false)
                .map(contact -> contact.path("contact_id").asString())
                .toList();
    }

    /// What is wrong with an answer; empty if nothing.
    public static String complaint(byte[] answer) {
        JsonNode message = JSON.readTree(answer);
        boolean good = message.path("result").isObject()
                && !message.at("/result/isError").asBoolean(false);
        return good ? "" : message.toString();
    }

    /// One call of a tool.
    public byte[] tool(String name, Map<String, Object> arguments) {
        return tool(name, arguments, Map.of());
    }

    /// One call of a tool with `_meta`.
    public byte[] tool(String name, Map<String, Object> arguments, Map<String, Object> meta) {
        return bytes(
                Map.of(
                        "jsonrpc",
                        "2.0",
                        "id",
                        1,
                        "method",
                        "tools/call",
                        "params",
                        Map.of("name", name, "arguments", arguments, "_meta", meta)));
    }

    private byte[] bytes(Map<String, Object> message) {
        return Connection.request(port, KEY, JSON.writeValueAsString(message));
    }
}
