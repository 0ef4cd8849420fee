package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.McpTestClient.Answer;
import ai.pathbound.mcp.json.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Arguments of writing tools that may mean one thing or the other: none of them ends in a write.
final class WriteGuessesTest {
    private static final LaggingReadModel MODEL = new LaggingReadModel(() -> Duration.ZERO);
    private static final StatefulBackend BACKEND = new StatefulBackend(MODEL::changed);
    private static final TestServer SERVER = TestServer.before(
            BACKEND,
            MODEL,
            "pathbound.backend.limit.requests=0");
    private static final List<String> UNCLEAR = List.of(
            "\"\"",
            "\" \"",
            "\"\\t\"",
            "\"\\u00a0\"",
            "null",
            "\"yes\"",
            "\"false \"",
            "\"true\"",
            "\"False\"",
            "0",
            "1",
            "[]",
            "[true]",
            "{}");
    private final McpTestClient client = SERVER.client("sk_all");

    @AfterAll
    static void stop() {
        SERVER.close();
        BACKEND.close();
        MODEL.close();
    }

    private static List<JsonNode> definitions() {
        List<JsonNode> writing = new ArrayList<>();
        SERVER.client("sk_all")
                .modern("tools/list", "", "")
                .json()
                .at("/result/tools")
                .forEach(
                        tool -> {
                            if (!tool.at("/annotations/readOnlyHint").asBoolean()) {
                                writing.add(tool);
                            }
                        });
        return writing;
    }

    private static List<String> writingTools() {
        return definitions().stream().map(tool -> tool.path("name").asString()).toList();
    }

    @ParameterizedTest
    @MethodSource("writingTools")
    void dryRunThatIsNeitherTrueNorFalse_isRefused_andNothingIsWritten(String tool) {
        ObjectNode good = arguments(tool);
        for (String value : UNCLEAR) {
            refused(tool, good, "dry_run", value);
        }
    }

    @ParameterizedTest
    @MethodSource("writingTools")
    void argumentWithoutValue_isRefused_andNothingIsWritten(String tool) {
        JsonNode properties = definitions().stream()
                .filter(one -> one.path("name").asString().equals(tool))
                .findFirst()
                .orElseThrow()
                .at("/inputSchema/properties");
        ObjectNode good = arguments(tool);
        properties.propertyNames().forEach(argument -> {
            for (String value : UNCLEAR.subList(0, 5)) {
                refused(tool, good, argument, value);
            }
        });
    }

    private void refused(String tool, ObjectNode good, String argument, String value) {
        ObjectNode arguments = good.deepCopy();
        arguments.set(argument, Wire.MAPPER.readTree(value));
        int before = BACKEND.writes.get();
        Answer answer = client.tool(tool, arguments.toString());
        assertThat(BACKEND.writes.get()).as("%s %s", tool, arguments).isEqualTo(before);
        assertThat(answer.code()).as("%s %s", tool, arguments).isEqualTo("invalid_arguments");
        assertThat(answer.errorText().at("/error/fields/0/field").asString()).isEqualTo(argument);
    }

    private String entity(String tool, String unique, String end, String id) {
        return client
                .tool(tool, "{\"" + unique + "\":\"p" + System.nanoTime() + end + "\"}")
                .structured()
                .findValue(id)
                .asString();
    }

    /// A call that would go through.
    private ObjectNode arguments(String tool) {
        boolean ofContact = tool.contains("contact");
        ObjectNode arguments = Wire.MAPPER.createObjectNode();
        String id = ofContact ? "contact_id" : "company_id";
        String owner = ofContact
                ? entity("create_contact", "email", "@acme.test", id)
                : entity("create_company", "domain", ".test", id);
        if (tool.endsWith("_note")) {
            arguments.put(id, owner);
            if (!tool.startsWith("create")) {
                arguments.put("note_id", note(ofContact ? "contact" : "company", id, owner));
            }
            if (!tool.startsWith("delete")) {
                arguments.put("content", "Called back.");
            }
            return arguments;
        }
        if (tool.startsWith("create")) {
            return arguments.put(
                    ofContact ? "email" : "domain",
                    "n" + System.nanoTime() + (ofContact ? "@acme.test" : ".test"));
        }
        arguments.put(id, owner).putObject("properties").put("city", "Lugo");
        return arguments;
    }

    private String note(String kind, String id, String owner) {
        return client
                .tool(
                        "create_" + kind + "_note",
                        "{\"" + id + "\":\"" + owner + "\",\"content\":\"Asked for SSO\"}")
                .structured()
                .at("/note/note_id")
                .asString();
    }
}
