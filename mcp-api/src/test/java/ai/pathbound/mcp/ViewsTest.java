package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.McpTestClient.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Who is told of views, and what the pages promise.
final class ViewsTest {
    private static final TestServer SERVER = new TestServer(new FixedReadModel(), () -> true);
    private static final String MIME_TYPE = "text/html;profile=mcp-app";
    private static final int PAGE_BYTES_MAX = 150 * 1024;

    private final McpTestClient client = SERVER.client("sk_all");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void aClientThatShowsViews_isTold_whichToolHasOne() {
        JsonNode tools = declared("tools/list").json().at("/result/tools");
        List<String> drawn = new ArrayList<>();
        for (JsonNode tool : tools) {
            if (tool.at("/_meta/ui").has("resourceUri")) {
                drawn.add(tool.path("name").asString());
                String uri = tool.at("/_meta/ui/resourceUri").asString();
                assertThat(read(uri).at("/mimeType").asString()).isEqualTo(MIME_TYPE);
            }
        }
        assertThat(drawn).containsExactlyInAnyOrder(
                "aggregate_data",
                "get_event_stats",
                "get_contact_timeline");
        JsonNode resources = declared("resources/list").json().at("/result/resources");
        assertThat(resources.toString()).contains("ui://pathbound/numbers", MIME_TYPE);
    }

    @Test
    void aClientThatShowsNone_seesNothingOfThem_andTheSameAnswers() {
        String with = declared("tools/list").json().at("/result/tools").toString();
        String without = client.modern("tools/list", "", "").json().at("/result/tools").toString();
        assertThat(without).doesNotContain("ui://");
        assertThat(with.replaceAll(",\"_meta\":\\{\"ui\":\\{[^}]*}}", "")).isEqualTo(without);
        assertThat(client.modern("resources/list", "", "").text()).doesNotContain("ui://");
        String call = "\"name\":\"get_event_stats\",\"arguments\":{},";
        assertThat(declared("tools/call", "get_event_stats", call).json()
                .at("/result/structuredContent"))
                .isEqualTo(
                        client.modern("tools/call", "get_event_stats", call)
                                .json()
                                .at("/result/structuredContent"));
    }

    @Test
    void theServer_saysThatItHasViews() {
        assertThat(
                client.modern("server/discover", "", "")
                        .json()
                        .at("/result/capabilities/extensions")
                        .has("io.modelcontextprotocol/ui"))
                .isTrue();
    }

    @Test
    void anOlderClient_findsTheViewByItsTool() {
        Answer tools = client.legacy("tools/list", "{}");
        assertThat(tools.text()).contains("\"resourceUri\":\"ui://pathbound/timeline\"");
        assertThat(client.legacy("resources/list", "{}").text()).doesNotContain("ui://");
        assertThat(
                client.legacy("resources/read", "{\"uri\":\"ui://pathbound/timeline\"}")
                        .json()
                        .at("/result/contents/0/mimeType")
                        .asString())
                .isEqualTo(MIME_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ui://pathbound/numbers", "ui://pathbound/timeline"})
    void aPage_isWhole_smallAndAsksTheNetworkForNothing(String uri) {
        JsonNode contents = read(uri);
        String html = contents.path("text").asString();
        assertThat(html.length()).isLessThan(PAGE_BYTES_MAX);
        assertThat(html).startsWith("<!doctype html>").contains("default-src 'none'");
        assertThat(html).doesNotContain("{script}", "{style}", "{csp}", "unsafe-inline");
        assertThat(html).doesNotContainPattern("<script[^>]* src=|<link |@import");
        assertThat(contents.at("/_meta/ui/csp/connectDomains")).isEmpty();
        assertThat(contents.at("/_meta/ui/csp/resourceDomains")).isEmpty();
    }

    @Test
    void theFilesOfLibraries_areNotServed() {
        assertThat(client.get("/webjars/uplot/1.6.30/README.md").status()).isEqualTo(404);
    }

    private JsonNode read(String uri) {
        return client.modern("resources/read", uri, "\"uri\":\"" + uri + "\",")
                .json()
                .at("/result/contents/0");
    }

    private Answer declared(String method) {
        return declared(method, "", "");
    }

    private Answer declared(String method, String name, String params) {
        String meta = McpTestClient.META.replace(
                "\"io.modelcontextprotocol/clientCapabilities\":{}",
                "\"io.modelcontextprotocol/clientCapabilities\":{\"extensions\":"
                        + "{\"io.modelcontextprotocol/ui\":{\"mimeTypes\":[\"" + MIME_TYPE
                        + "\"]}}}");
        List<String> headers = new ArrayList<>(
                List.of("Mcp-Method", method, "MCP-Protocol-Version", "2026-07-28"));
        if (!name.isEmpty()) {
            headers.addAll(List.of("Mcp-Name", name));
        }
        return client.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params
                        + meta + "}}",
                headers.toArray(String[]::new));
    }
}
