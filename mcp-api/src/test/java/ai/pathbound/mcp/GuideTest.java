package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.McpTestClient.Answer;
import ai.pathbound.mcp.json.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Resources, templates and completions, in both eras.
final class GuideTest {
    private static final TestServer SERVER = new TestServer(new FixedReadModel(), () -> true);
    private final McpTestClient client = SERVER.client("sk_all");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void account_tellsWhoAsks_whatThereIs_andHowCurrent() {
        JsonNode account = text(modernRead("pathbound://account"));
        assertThat(account.path("tenant").asString()).isNotEmpty();
        assertThat(account.path("scopes").toString()).contains("contacts:read", "events:read");
        assertThat(account.at("/contacts/total").asInt()).isEqualTo(7);
        assertThat(account.at("/contacts/fields").toString()).contains("country");
        assertThat(account.at("/events/event_types/0/event").asString()).isEqualTo("page_view");
        assertThat(account.at("/freshness/caught_up").asBoolean()).isTrue();
        assertThat(text(legacyRead(client, "pathbound://account"))).isEqualTo(account);
    }

    @Test
    void account_hidesWhatTheScopesHide() {
        McpTestClient events = SERVER.client("sk_events");
        JsonNode account = text(legacyRead(events, "pathbound://account"));
        assertThat(account.has("events")).isTrue();
        assertThat(account.has("contacts")).isFalse();
        assertThat(legacyRead(events, "pathbound://fields/contacts").json().at("/error/code"))
                .isEqualTo(legacyRead(events, "pathbound://nowhere").json().at("/error/code"));
        assertThat(legacyRead(events, "pathbound://contacts/ct_1").json().has("error")).isTrue();
        assertThat(templates(events).toString()).doesNotContain("contact_id");
        assertThat(complete(events, "ref/prompt", "segment_review", "country", "").toString())
                .isEqualTo("[]");
    }

    @Test
    void templates_areListedAndRead() {
        assertThat(templates(client).toString())
                .contains("pathbound://fields/{entity}", "pathbound://contacts/{contact_id}");
        assertThat(
                text(modernRead("pathbound://fields/events"))
                        .path("fields")
                        .toString())
                .isEqualTo("[\"event\",\"url\"]");
        Answer contact = modernRead("pathbound://contacts/ct_1");
        assertThat(text(contact).at("/contact/contact_id").asString()).isEqualTo("ct_1");
        assertThat(contact.json().at("/result/contents/0/_meta").toString()).contains("as_of");
        assertThat(contact.json().at("/result/ttlMs").asInt(-1)).isZero();
        assertThat(modernRead("pathbound://contacts/ct_missing").json().at("/error/code").asInt())
                .isEqualTo(-32602);
    }

    @ParameterizedTest
    @CsvSource({"ref/prompt,event_trend,event_type,page,page_view",
            "ref/prompt,account_brief,contact_id,ana,ct_1",
            "ref/prompt,break_down,field,ur,url", "ref/prompt,break_down,entity,ev,events",
            "ref/resource,pathbound://fields/{entity},entity,comp,companies",
            "ref/resource,pathbound://contacts/{contact_id},contact_id,ana,ct_1"})
    void arguments_areCompletedFromTheData(String type,
            String of,
            String argument,
            String typed,
            String expected) {
        assertThat(complete(client, type, of, argument, typed).toString()).contains(expected);
        Answer modern = client.modern(
                "completion/complete",
                "",
                completion(type, of, argument, typed) + ",");
        assertThat(modern.json().at("/result/completion/values").toString()).contains(expected);
        assertThat(modern.json().at("/result/resultType").asString()).isEqualTo("complete");
    }

    @Test
    void fieldCompletion_looksAtTheEntityChosenBefore() {
        Answer answer = client.legacy(
                "completion/complete",
                "{" + completion("ref/prompt", "break_down", "field", "")
                        + ",\"context\":{\"arguments\":{\"entity\":\"companies\"}}}");
        assertThat(answer.json().at("/result/completion/values").toString())
                .isEqualTo("[\"domain\"]");
    }

    @Test
    void completionOfNothing_isInvalid() {
        assertThat(
                client.legacy("completion/complete", "{}").json().at("/error/code").asInt())
                .isEqualTo(-32602);
        assertThat(
                client.legacy(
                        "completion/complete",
                        "{" + completion("ref/prompt", "nothing", "x", "") + "}")
                        .json()
                        .at("/error/code")
                        .asInt())
                .isEqualTo(-32602);
    }

    private static String completion(String type, String of, String argument, String typed) {
        String name = type.equals("ref/prompt") ? "name" : "uri";
        return "\"ref\":{\"type\":\"" + type + "\",\"" + name + "\":\"" + of
                + "\"},\"argument\":{\"name\":\"" + argument + "\",\"value\":\"" + typed + "\"}";
    }

    private static JsonNode complete(McpTestClient client,
            String type,
            String of,
            String argument,
            String typed) {
        return client
                .legacy(
                        "completion/complete",
                        "{" + completion(type, of, argument, typed) + "}")
                .json()
                .at("/result/completion/values");
    }

    private static JsonNode templates(McpTestClient client) {
        return client.legacy("resources/templates/list", "{}")
                .json()
                .at("/result/resourceTemplates");
    }

    private Answer modernRead(String uri) {
        return client.modern("resources/read", uri, "\"uri\":\"" + uri + "\",");
    }

    private static Answer legacyRead(McpTestClient client, String uri) {
        return client.legacy("resources/read", "{\"uri\":\"" + uri + "\"}");
    }

    private static JsonNode text(Answer answer) {
        return Wire.MAPPER.readTree(answer.json().at("/result/contents/0/text").asString("{}"));
    }
}
