package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.McpTestClient.Answer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Looking at a write before it is done, and asking the user before a delete.
final class ReviewTest {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final LaggingReadModel MODEL = new LaggingReadModel(() -> Duration.ZERO);
    private static final StatefulBackend BACKEND = new StatefulBackend(MODEL::changed);
    private static final TestServer SERVER = TestServer
            .before(BACKEND, MODEL, "pathbound.backend.limit.requests=0");
    private static final TestServer STRICT = TestServer.before(
            BACKEND,
            MODEL,
            "pathbound.backend.limit.requests=0",
            "pathbound.confirm.required=true");
    private final McpTestClient client = SERVER.client("sk_all");

    @AfterAll
    static void stop() {
        SERVER.close();
        STRICT.close();
        BACKEND.close();
        MODEL.close();
    }

    @Test
    void dryRun_ofAnUpdate_showsBeforeAndAfter_andWritesNothing() {
        String id = contact("\"city\":\"Lugo\",\"country\":\"Spain\"");
        int writes = BACKEND.writes.get();
        Answer answer = client.tool(
                "update_contact",
                "{\"contact_id\":\"" + id + "\",\"dry_run\":true,\"properties\":{\"city\":\"Vigo\","
                        + "\"country\":\"Spain\",\"jobtitle\":\"CTO\",\"state\":null}}");
        assertThat(answer.structured().path("dry_run").asBoolean()).isTrue();
        assertThat(answer.structured().path("changes").toString()).isEqualTo(
                "[{\"field\":\"city\",\"before\":\"Lugo\",\"after\":\"Vigo\"},"
                        + "{\"field\":\"jobtitle\",\"before\":null,\"after\":\"CTO\"}]");
        assertThat(answer.structured().path("unchanged").toString())
                .isEqualTo("[\"country\",\"state\"]");
        assertThat(answer.json().at("/result/_meta").has("ai.pathbound/freshness")).isTrue();
        assertThat(BACKEND.writes.get()).isEqualTo(writes);
    }

    @Test
    void dryRun_ofCreates_showsWhatWouldBe_andWhatIsInTheWay() {
        String id = contact("\"city\":\"Lugo\"");
        int writes = BACKEND.writes.get();
        Answer taken = client.tool(
                "create_contact",
                "{\"email\":\"R" + NAMES.get() + "@acme.test\",\"dry_run\":true}");
        assertThat(taken.code()).isEqualTo("duplicate");
        assertThat(taken.errorText().at("/error/existing/contact_id").asString()).isEqualTo(id);
        assertThat(
                client.tool(
                        "create_company",
                        "{\"domain\":\"new.test\",\"dry_run\":true,\"properties\":{\"name\":\"New\"}}")
                        .structured()
                        .path("changes"))
                .hasSize(2);
        assertThat(
                client.tool(
                        "create_contact_note",
                        "{\"contact_id\":\"ct_none\",\"content\":\"Hi\",\"dry_run\":true}").code())
                .isEqualTo("not_found");
        assertThat(BACKEND.writes.get()).isEqualTo(writes);
    }

    @Test
    void dryRun_ofACompany_saysWhoHasItsDomain() {
        String id = client.tool("create_company", "{\"domain\":\"taken.test\"}")
                .structured()
                .at("/company/company_id")
                .asString();
        int writes = BACKEND.writes.get();
        Answer taken = client
                .tool("create_company", "{\"domain\":\"Taken.test\",\"dry_run\":true}");
        assertThat(taken.code()).isEqualTo("duplicate");
        assertThat(taken.errorText().at("/error/existing/company_id").asString()).isEqualTo(id);
        // Part of a domain that is taken is another one.
        assertThat(
                client.tool("create_company", "{\"domain\":\"ken.test\",\"dry_run\":true}")
                        .structured()
                        .path("changes"))
                .hasSize(1);
        assertThat(BACKEND.writes.get()).isEqualTo(writes);
    }

    @Test
    void dryRun_findsANote_howeverManyThereAre() {
        String contact = contact("\"city\":\"Lugo\"");
        for (int i = 0; i < 25; i++) {
            String note = note(contact);
            assertThat(
                    client.tool(
                            "update_contact_note",
                            "{\"contact_id\":\"" + contact + "\",\"note_id\":\"" + note
                                    + "\",\"content\":\"New\",\"dry_run\":true}")
                            .structured()
                            .at("/changes/0/before")
                            .asString())
                    .isEqualTo("Old");
        }
        assertThat(
                client.tool(
                        "update_contact_note",
                        "{\"contact_id\":\"" + contact
                                + "\",\"note_id\":\"note_none\",\"content\":\"New\",\"dry_run\":true}")
                        .code())
                .isEqualTo("not_found");
    }

    @Test
    void dryRun_ofANote_showsItsText() {
        String contact = contact("\"city\":\"Lugo\"");
        String note = note(contact);
        JsonNode change = client.tool(
                "update_contact_note",
                "{\"contact_id\":\"" + contact + "\",\"note_id\":\"" + note
                        + "\",\"content\":\"New\",\"dry_run\":true}")
                .structured()
                .at("/changes/0");
        assertThat(change.path("before").asString()).isEqualTo("Old");
        assertThat(change.path("after").asString()).isEqualTo("New");
    }

    @Test
    void delete_isServedAtOnce_forAClientThatCannotAsk() {
        String contact = contact("\"city\":\"Lugo\"");
        String note = note(contact);
        assertThat(client.legacyTool("delete_contact_note", arguments(contact, note, "")).text())
                .contains("\"deleted\":\"" + note + "\"");
    }

    @Test
    void delete_asksTheUser_andGoesAheadOnYes() {
        String contact = contact("\"city\":\"Lugo\"");
        String note = note(contact);
        Answer asked = ask(client, contact, note, "");
        assertThat(asked.json().at("/result/resultType").asString()).isEqualTo("input_required");
        JsonNode request = asked.json().at("/result/inputRequests/confirm");
        assertThat(request.path("method").asString()).isEqualTo("elicitation/create");
        assertThat(request.at("/params/message").asString()).contains(note, "Old");
        assertThat(BACKEND.notes()).extracting(left -> left.path("note_id").asString())
                .contains(note);
        String state = asked.json().at("/result/requestState").asString();
        Answer done = ask(client, contact, note, said("accept", true, state));
        assertThat(done.structured().path("deleted").asString()).isEqualTo(note);
        assertThat(SERVER.audited).extracting(attempt -> attempt.outcome()).contains("asked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"decline", "cancel", "accept"})
    void delete_doesNothing_withoutAYes(String action) {
        String contact = contact("\"city\":\"Lugo\"");
        String note = note(contact);
        String state = ask(client, contact, note, "").json().at("/result/requestState").asString();
        int writes = BACKEND.writes.get();
        assertThat(ask(client, contact, note, said(action, false, state)).code())
                .isEqualTo("declined");
        assertThat(BACKEND.writes.get()).isEqualTo(writes);
    }

    @Test
    void yes_countsOnlyForTheCallItWasGivenFor() {
        String contact = contact("\"city\":\"Lugo\"");
        String note = note(contact);
        String other = note(contact);
        String state = ask(client, contact, note, "").json().at("/result/requestState").asString();
        String yes = said("accept", true, state);
        int writes = BACKEND.writes.get();
        for (Answer answer : new Answer[]{ask(client, contact, other, yes),
                ask(SERVER.client("sk_other"), contact, note, yes),
                ask(client, contact, note, said("accept", true, "B" + state.substring(1))),
                ask(client, contact, note, said("accept", true, "?"))}) {
            assertThat(answer.json().at("/result/resultType").asString())
                    .isEqualTo("input_required");
        }
        assertThat(BACKEND.writes.get()).isEqualTo(writes);
    }

    @Test
    void mandatoryConfirmation_takesASecondCall() {
        String contact = contact("\"city\":\"Lugo\"");
        String note = note(contact);
        McpTestClient strict = STRICT.client("sk_all");
        Answer first = strict.legacyTool("delete_contact_note", arguments(contact, note, ""));
        assertThat(first.code()).isEqualTo("confirmation_required");
        String token = first.errorText().at("/error/confirm").asString();
        assertThat(
                strict.legacyTool(
                        "delete_contact_note",
                        arguments(contact, "note_x", ",\"confirm\":\"" + token + "\"")).code())
                .isEqualTo("confirmation_required");
        assertThat(
                strict.legacyTool(
                        "delete_contact_note",
                        arguments(contact, note, ",\"confirm\":\"" + token + "\"")).text())
                .contains("\"deleted\":\"" + note + "\"");
    }

    private String contact(String properties) {
        return client.tool(
                "create_contact",
                "{\"email\":\"r" + NAMES.incrementAndGet() + "@acme.test\",\"properties\":{"
                        + properties + "}}")
                .structured()
                .at("/contact/contact_id")
                .asString();
    }

    private String note(String contact) {
        return client.tool(
                "create_contact_note",
                "{\"contact_id\":\"" + contact + "\",\"content\":\"Old\"}")
                .structured()
                .at("/note/note_id")
                .asString();
    }

    private static String arguments(String contact, String note, String more) {
        return "{\"contact_id\":\"" + contact + "\",\"note_id\":\"" + note + "\"" + more + "}";
    }

    private static String said(String action, boolean yes, String state) {
        return "\"inputResponses\":{\"confirm\":{\"action\":\"" + action
                + "\",\"content\":{\"confirm\":" + yes + "}}},\"requestState\":\"" + state + "\",";
    }

    /// Calls as a client that can ask its user.
    private static Answer ask(McpTestClient client, String contact, String note, String more) {
        return client.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{"
                        + "\"name\":\"delete_contact_note\",\"arguments\":"
                        + arguments(contact, note, "") + "," + more
                        + McpTestClient.META.replace(
                                "clientCapabilities\":{}",
                                "clientCapabilities\":{\"elicitation\":{}}")
                        + "}}",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                "delete_contact_note",
                "MCP-Protocol-Version",
                "2026-07-28");
    }
}
