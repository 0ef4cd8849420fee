package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.pathbound.mcp.McpTestClient.Answer;
import ai.pathbound.mcp.StatefulBackend.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Writes while the backend fails: what the caller is told, and what really happened.
final class WriteFaultsTest {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final LaggingReadModel MODEL = new LaggingReadModel(() -> Duration.ZERO);
    private static final StatefulBackend BACKEND = new StatefulBackend(MODEL::changed);
    private static final TestServer SERVER = TestServer.before(
            BACKEND,
            MODEL,
            "pathbound.backend.response-timeout=400ms",
            "pathbound.backend.limit.requests=0",
            "pathbound.backend.breaker.calls=1000");
    private final McpTestClient client = SERVER.client("sk_all");

    @AfterAll
    static void stop() {
        SERVER.close();
        BACKEND.close();
        MODEL.close();
    }

    /// Whether the work was done or not, the contact is there once, and the caller knows.
    @ParameterizedTest
    @EnumSource(names = {"SLOW_BEFORE", "SLOW_AFTER", "RESET_BEFORE", "RESET_AFTER", "ERROR_BEFORE",
            "ERROR_AFTER", "GARBAGE_AFTER"})
    void createdContact_isThereOnce_whateverHappenedToTheAnswer(Fault fault) {
        String email = name() + "@acme.test";
        BACKEND.faults.add(fault);
        Answer answer = client.tool(
                "create_contact",
                "{\"email\":\"" + email + "\",\"properties\":{\"city\":\"Sevilla\",\"size\":3}}");
        assertThat(answer.structured().at("/contact/properties/email").asString())
                .as(answer.text())
                .isEqualTo(email);
        assertThat(answer.structured().path("visible").asBoolean()).isTrue();
        assertThat(contacts(email)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_BEFORE", "RESET_AFTER", "ERROR_AFTER"})
    void createdCompany_isThereOnce_withoutIdempotencyAtTheBackend(Fault fault) {
        String domain = name() + ".test";
        BACKEND.idempotent = false;
        BACKEND.faults.add(fault);
        Answer answer = client.tool("create_company", "{\"domain\":\"" + domain + "\"}");
        BACKEND.idempotent = true;
        assertThat(answer.structured().at("/company/company_id").asString()).startsWith("co_");
        assertThat(
                BACKEND.companies()
                        .stream()
                        .filter(
                                company -> company.at("/properties/domain")
                                        .asString()
                                        .equals(domain)))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW_BEFORE", "RESET_BEFORE", "ERROR_BEFORE"})
    void notWrittenNote_isUnknown_andCanBeRepeatedWithItsKey(Fault fault) {
        String contact = contact();
        BACKEND.faults.add(fault);
        Answer answer = note(contact, "Asked for SSO", "");
        assertThat(answer.code()).isEqualTo("outcome_unknown");
        String key = answer.errorText().at("/error/idempotency_key").asString();
        assertThat(note(contact, "Asked for SSO", key).structured().has("note")).isTrue();
        assertThat(note(contact, "Asked for SSO", key).structured().has("note")).isTrue();
        assertThat(notes(contact)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW_AFTER", "RESET_AFTER", "ERROR_AFTER", "GARBAGE_AFTER"})
    void writtenNote_isFound_withoutWritingAgain(Fault fault) {
        String contact = contact();
        BACKEND.faults.add(fault);
        Answer answer = note(contact, "Asked for SSO", "");
        assertThat(answer.structured().at("/note/content").asString())
                .isEqualTo("Asked for SSO");
        assertThat(notes(contact)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW_AFTER", "RESET_BEFORE", "RESET_AFTER", "ERROR_BEFORE",
            "GARBAGE_AFTER"})
    void update_isRepeated(Fault fault) {
        String contact = contact();
        BACKEND.faults.add(fault);
        Answer answer = client.tool(
                "update_contact",
                "{\"contact_id\":\"" + contact + "\",\"properties\":{\"city\":\"Lugo\"}}");
        assertThat(answer.structured().at("/contact/properties/city").asString())
                .isEqualTo("Lugo");
        assertThat(answer.structured().path("visible").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_BEFORE", "RESET_AFTER", "ERROR_AFTER"})
    void delete_isRepeated_andAGoneNoteCountsAsDeleted(Fault fault) {
        String contact = contact();
        String note = note(contact, "Old", "").structured().at("/note/note_id").asString();
        BACKEND.faults.add(fault);
        Answer answer = client.tool(
                "delete_contact_note",
                "{\"contact_id\":\"" + contact + "\",\"note_id\":\"" + note + "\"}");
        assertThat(answer.structured().path("deleted").asString()).isEqualTo(note);
        assertThat(notes(contact)).isZero();
    }

    @Test
    void writeThatStaysUnknown_isToldSo_andSentTwiceAtMost() {
        int before = BACKEND.writes.get();
        BACKEND.faults.addAll(List.of(Fault.ERROR_BEFORE, Fault.ERROR_BEFORE));
        Answer answer = client
                .tool("create_contact", "{\"email\":\"" + name() + "@acme.test\"}");
        assertThat(answer.code()).isEqualTo("outcome_unknown");
        assertThat(answer.text()).doesNotContain("jdbc", "html", "Exception", "127.0.0.1");
        assertThat(BACKEND.writes.get() - before).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void duplicate_namesTheExistingContact(boolean idempotent) {
        String email = name() + "@acme.test";
        BACKEND.idempotent = idempotent;
        String existing = create(email).structured().at("/contact/contact_id").asString();
        Answer again = create(email);
        BACKEND.idempotent = true;
        assertThat(again.code()).isEqualTo("duplicate");
        assertThat(again.errorText().at("/error/existing/contact_id").asString())
                .isEqualTo(existing);
    }

    @Test
    void sameIdempotencyKey_meansTheSameContact() {
        String email = name() + "@acme.test";
        String arguments = "{\"email\":\"" + email + "\",\"idempotency_key\":\"k-" + email + "\"}";
        String id = client.tool("create_contact", arguments)
                .structured()
                .at("/contact/contact_id")
                .asString();
        assertThat(
                client.legacyTool("create_contact", arguments)
                        .structured()
                        .at("/contact/contact_id")
                        .asString())
                .isEqualTo(id);
    }

    @Test
    void idempotencyKeyForSomethingElse_isRefused() {
        String key = ",\"idempotency_key\":\"same-" + name() + "\"}";
        client.tool("create_contact", "{\"email\":\"" + name() + "@acme.test\"" + key);
        Answer other = client
                .tool("create_contact", "{\"email\":\"" + name() + "@acme.test\"" + key);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
    }

    @Test
    void burstOf429_isToldWithItsPause_andNotSentAgainBeforeIt() {
        McpTestClient busy = SERVER.client("sk_busy");
        BACKEND.faults.add(Fault.LIMITED);
        Answer refused = busy.tool("create_contact", "{\"email\":\"" + name() + "@acme.test\"}");
        assertThat(refused.code()).isEqualTo("rate_limited");
        assertThat(refused.errorText().at("/error/retry_after_ms").asInt()).isEqualTo(7000);
        int before = BACKEND.writes.get();
        Answer ahead = busy.tool("create_contact", "{\"email\":\"" + name() + "@acme.test\"}");
        assertThat(ahead.code()).isEqualTo("rate_limited");
        assertThat(ahead.errorText().at("/error/retry_after_ms").asInt()).isBetween(1, 7000);
        assertThat(BACKEND.writes.get()).isEqualTo(before);
    }

    @Test
    void backendThatTurnsAway_surelyWroteNothing() {
        BACKEND.faults.add(Fault.AWAY);
        Answer answer = create(name() + "@acme.test");
        assertThat(answer.code()).isEqualTo("backend_unavailable");
        assertThat(answer.errorText().at("/error/retry_after_ms").asInt()).isEqualTo(3000);
    }

    @ParameterizedTest
    @CsvSource({"update_contact,contact_id,properties,{}",
            "update_company,company_id,properties,{}"})
    void unknownEntity_isNotFound(String tool, String idName, String name, String value) {
        for (String id : List.of("nope", "..", "a/b")) {
            Answer answer = client.tool(
                    tool,
                    "{\"" + idName + "\":\"" + id + "\",\"" + name + "\":" + value + "}");
            assertThat(answer.code()).as(id).isEqualTo("not_found");
        }
    }

    @Test
    void everyAttempt_isAuditedWithoutContents() {
        String email = name() + "@acme.test";
        String id = create(email).structured().at("/contact/contact_id").asString();
        create(email);
        client.tool("create_contact", "{\"email\":\"" + email + "\",\"dry_run\":true}");
        client.tool("update_contact", "{\"contact_id\":\"" + email + "\"}");
        assertThat(SERVER.audited).anySatisfy(attempt -> {
            assertThat(attempt.target()).isEqualTo("contact/" + id);
            assertThat(attempt.outcome()).isEqualTo("done");
            assertThat(attempt.tenant()).isEqualTo("t1");
            assertThat(attempt.userId()).isEqualTo("usr_1");
            assertThat(attempt.tool()).isEqualTo("create_contact");
        });
        assertThat(SERVER.audited).extracting(attempt -> attempt.outcome())
                .contains("duplicate", "invalid_arguments");
        assertThat(SERVER.audited).noneSatisfy(
                attempt -> assertThat(attempt.json()).contains("acme.test"));
    }

    @Test
    void clientThatHangsUp_doesNotStopTheWrite_norItsRecord() {
        String contact = contact();
        int attempts = SERVER.audited.size();
        BACKEND.faults.add(Fault.SLOW_AFTER);
        client.hangUpOn(
                "create_contact_note",
                "{\"contact_id\":\"" + contact + "\",\"content\":\"Hi\"}",
                Duration.ofMillis(150));
        await().atMost(Duration.ofSeconds(20)).until(() -> SERVER.audited.size() > attempts);
        assertThat(SERVER.audited.getLast().outcome()).isEqualTo("done");
        assertThat(SERVER.audited.getLast().target()).startsWith("contact_note/note_");
        assertThat(notes(contact)).isEqualTo(1);
    }

    private static String name() {
        return "p" + NAMES.incrementAndGet() + "x";
    }

    private Answer create(String email) {
        return client.tool("create_contact", "{\"email\":\"" + email + "\"}");
    }

    private String contact() {
        return create(name() + "@acme.test").structured().at("/contact/contact_id").asString();
    }

    private Answer note(String contact, String content, String key) {
        String extra = key.isEmpty() ? "" : ",\"idempotency_key\":\"" + key + "\"";
        return client.tool(
                "create_contact_note",
                "{\"contact_id\":\"" + contact + "\",\"content\":\"" + content + "\"" + extra
                        + "}");
    }

    private static long contacts(String email) {
        return BACKEND.contacts()
                .stream()
                .map(contact -> contact.at("/properties/email"))
                .map(JsonNode::asString)
                .filter(email::equals)
                .count();
    }

    private static long notes(String contact) {
        return BACKEND.notes()
                .stream()
                .filter(note -> note.path("owner").asString().equals(contact))
                .count();
    }
}
