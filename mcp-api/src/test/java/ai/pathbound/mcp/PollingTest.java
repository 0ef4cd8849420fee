package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.McpTestClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Programs that ask again and again are told in a few bytes that nothing has changed.
final class PollingTest {
    private final FixedReadModel model = new FixedReadModel();
    private final TestServer server = new TestServer(model, () -> true);
    private final McpTestClient client = server.client("sk_all");

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"list_contacts|\"limit\":5", "list_companies|\"limit\":5",
            "list_events|\"limit\":5", "get_event_types|", "get_event_stats|\"interval\":\"day\"",
            "aggregate_data|\"entity\":\"events\""})
    void unchangedData_isSaidSo_untilItChanges(String tool, String arguments) {
        String given = arguments == null ? "" : arguments;
        Answer first = client.tool(tool, "{" + given + "}");
        String cursor = cursor(first);
        assertThat(first.structured().has("unchanged")).isFalse();
        Answer second = client.tool(tool, since(given, cursor));
        assertThat(second.structured().toString()).isEqualTo("{\"unchanged\":true}");
        assertThat(cursor(second)).isEqualTo(cursor);
        assertThat(second.json().at("/result/_meta").has("ai.pathbound/freshness")).isTrue();
        Answer other = client.tool(
                tool,
                since(given.isEmpty() ? "\"max_tokens\":700" : given + ",\"max_tokens\":700",
                        cursor));
        assertThat(other.structured()).as("another question").isEqualTo(first.structured());

        model.version = 2;
        Answer third = client.tool(tool, since(given, cursor));
        assertThat(third.structured()).isEqualTo(first.structured());
        assertThat(cursor(third)).isNotEqualTo(cursor);
    }

    private static String since(String arguments, String cursor) {
        return "{" + arguments + (arguments.isEmpty() ? "" : ",") + "\"changed_since\":\"" + cursor
                + "\"}";
    }

    private static String cursor(Answer answer) {
        return answer.json().at("/result/_meta").path("ai.pathbound/changed_cursor").asString("");
    }
}
