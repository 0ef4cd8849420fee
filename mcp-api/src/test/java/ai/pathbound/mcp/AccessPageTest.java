package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.McpTestClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The resource about one's own rights.
final class AccessPageTest {
    private static final TestServer SERVER = new TestServer(new FixedReadModel(), () -> true,
            "pathbound.limits.reads-per-minute=700", "pathbound.limits.writes-per-minute=0");
    private static final String URI = "pathbound://access";

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hiddenTools_areNamedWithTheScopeTheyNeed(boolean modern) {
        String text = page(SERVER.client("sk_events"), modern);
        assertThat(text).contains(
                "tenant: t1",
                "user: usr_1",
                "credential: API key",
                "scopes: events:read",
                "- get_contact needs the scope contacts:read",
                "- delete_company_note needs the scope companies:write",
                "- aggregate_data with entity=contacts needs the scope contacts:read",
                "reads: at most 700 per minute",
                "writes: no limit")
                .doesNotContain("- list_events needs", "entity=events needs", "sk_events");
        SERVER.client("sk_events")
                .legacy("tools/list", "{}")
                .json()
                .at("/result/tools")
                .forEach(
                        tool -> assertThat(text)
                                .doesNotContain("- " + tool.path("name").asString() + " needs"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoMayDoAll_lacksNothing(boolean modern) {
        assertThat(page(SERVER.client("sk_all"), modern)).contains("None.")
                .doesNotContain("needs the scope");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void list_namesIt(boolean modern) {
        McpTestClient client = SERVER.client("sk_events");
        Answer list = modern
                ? client.modern("resources/list", "", "")
                : client.legacy("resources/list", "{}");
        assertThat(list.json().at("/result/resources").findValuesAsString("uri")).contains(URI);
    }

    private static String page(McpTestClient client, boolean modern) {
        Answer answer = modern
                ? client.modern("resources/read", URI, "\"uri\":\"" + URI + "\",")
                : client.legacy("resources/read", "{\"uri\":\"" + URI + "\"}");
        JsonNode contents = answer.json().at("/result/contents/0");
        assertThat(contents.path("uri").asString()).isEqualTo(URI);
        return contents.path("text").asString();
    }
}
