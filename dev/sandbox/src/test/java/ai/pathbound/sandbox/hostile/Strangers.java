package ai.pathbound.sandbox.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.hostile.Mcp.Era;
import ai.pathbound.sandbox.hostile.Mcp.Reply;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Two callers of different tenants in one era. What the first was given is worth nothing to the
/// second, and what the second does changes nothing for the first.
final class Strangers {
    private static final Map<String, ?> CAN_ASK = Map
            .of("io.modelcontextprotocol/clientCapabilities", Map.of("elicitation", Map.of()));

    /// A caller, its tenant and the word in this tenant's data.
    record Side(Mcp mcp, String tenant, String word) {}

    private final Stack stack;
    private final Side one;
    private final Side other;
    private final Mcp first;
    private final Mcp second;
    private final Set<String> hidden;

    /// @param words of all tenants
    Strangers(Stack stack, Side one, Side other, Set<String> words) {
        this.stack = stack;
        this.one = one;
        this.other = other;
        first = one.mcp();
        second = other.mcp();
        hidden = new TreeSet<>(words);
        hidden.remove(other.word());
    }

    /// @param contact one whose note is deleted by both
    void areNotSeen(String contact) {
        nextPages_areOfOneTenant();
        polling_isOfOneTenant();
        resources_showNoData();
        tokensOfStrangers_sayNothing();
        idempotencyKeys_doNotMeet();
        if (first.era() == Era.MODERN) {
            questions_countForWhoWasAsked(contact);
        } else {
            confirmations_countForWhoWasAsked(contact);
        }
        writes_stayAtHome();
    }

    private void nextPages_areOfOneTenant() {
        String next = first
                .tool("get_contact_timeline", Map.of("contact_id", "ct_0", "limit", 2))
                .structured()
                .path("next")
                .asString();
        assertThat(next).isNotEmpty();
        unseen(second.tool("get_contact_timeline", Map.of("contact_id", "ct_0", "cursor", next)));
        Map<String, Object> page = Map.of("page", 2, "limit", 4);
        assertThat(first.tool("list_contacts", page).text()).contains(one.word());
        unseen(second.tool("list_contacts", page));
    }

    private void polling_isOfOneTenant() {
        String cursor = first.tool("get_event_types", Map.of())
                .result()
                .at("/_meta/ai.pathbound~1changed_cursor")
                .asString();
        Map<String, Object> again = Map.of("changed_since", cursor);
        assertThat(first.tool("get_event_types", again).structured().path("unchanged").asBoolean())
                .isTrue();
        Reply reply = second.tool("get_event_types", again);
        assertThat(reply.text()).contains("saw_" + other.word());
        unseen(reply);
    }

    private void resources_showNoData() {
        JsonNode resources = second.list("resources").result().path("resources");
        assertThat(resources).isNotEmpty();
        for (JsonNode resource : resources) {
            unseen(second.read(resource.path("uri").asString()));
        }
        unseen(second.read("pathbound://" + one.tenant()));
    }

    /// A token that names a stranger's write is as good as one that names none at all.
    private void tokensOfStrangers_sayNothing() {
        Reply written = first
                .tool("create_company",
                        Map.of("domain", first.era() + "-" + other.word() + ".test"));
        JsonNode token = written.result().path("_meta").path("ai.pathbound/written");
        assertThat(token.path("id").asString()).as(written.text()).isNotEmpty();
        Map<String, ?> madeUp = Map.of("kind", "company", "id", "co_none", "version", 1);
        Map<String, ?> arguments = Map.of("company_id", token.path("id").asString());
        Reply reply = second.tool(
                "get_company",
                arguments,
                Map.of("ai.pathbound/written", token),
                Map.of());
        Reply missing = second
                .tool("get_company", arguments, Map.of("ai.pathbound/written", madeUp), Map.of());
        assertThat(reply.result().at("/_meta/ai.pathbound~1freshness/stale").asBoolean()).isTrue();
        assertThat(missing.result().at("/_meta/ai.pathbound~1freshness/stale").asBoolean())
                .isTrue();
        assertThat(reply.error()).isEqualTo(missing.error());
        assertThat(reply.error().path("code").asString()).isEqualTo("not_found");
    }

    private void idempotencyKeys_doNotMeet() {
        String key = "the same key, " + first.era();
        String secret = one.word() + " secret";
        Reply before = first.tool("create_contact_note", note(secret, key));
        Reply own = second.tool("create_contact_note", note("ours", key));
        unseen(own);
        assertThat(own.structured().at("/note/content").asString()).as(own.text())
                .isEqualTo("ours");
        assertThat(own.structured().at("/note/note_id").asString())
                .isNotEqualTo(before.structured().at("/note/note_id").asString());
        // Nor does a repetition with the same text find the stranger's note.
        Reply again = second.tool("create_contact_note", note(secret, key));
        assertThat(again.error().path("code").asString()).isEqualTo("idempotency_key_reused");
    }

    private static Map<String, ?> note(String content, String key) {
        return Map.of("contact_id", "ct_1", "content", content, "idempotency_key", key);
    }

    private void questions_countForWhoWasAsked(String contact) {
        Map<String, Object> note = Map.of("contact_id", contact, "note_id", "note_" + contact);
        Reply question = first.tool("delete_contact_note", note, CAN_ASK, Map.of());
        // Its text shows the asker's own note.
        assertThat(question.text()).contains(one.word());
        Map<String, Object> agreed = Map.of(
                "inputResponses",
                Map.of(
                        "confirm",
                        Map.of("action", "accept", "content", Map.of("confirm", true))),
                "requestState",
                question.result().path("requestState").asString());
        Reply again = second.tool("delete_contact_note", note, CAN_ASK, agreed);
        assertThat(again.result().path("resultType").asString()).isEqualTo("input_required");
        unseen(again);
        existAt(contact, one, other);
        deleted(first.tool("delete_contact_note", note, CAN_ASK, agreed), contact);
    }

    private void confirmations_countForWhoWasAsked(String contact) {
        Map<String, Object> confirmed = new HashMap<>(
                Map.of("contact_id", contact, "note_id", "note_" + contact));
        confirmed.put(
                "confirm",
                first.tool("delete_contact_note", confirmed).error().path("confirm").asString());
        Reply refused = second.tool("delete_contact_note", confirmed);
        assertThat(refused.error().path("code").asString()).isEqualTo("confirmation_required");
        unseen(refused);
        existAt(contact, one, other);
        deleted(first.tool("delete_contact_note", confirmed), contact);
    }

    private void deleted(Reply reply, String contact) {
        assertThat(reply.structured().path("deleted").asString()).as(reply.text())
                .isEqualTo("note_" + contact);
        existAt(contact, other);
    }

    private void existAt(String contact, Side... sides) {
        assertThat(
                Stream.of(one, other)
                        .filter(
                                side -> stack.truth
                                        .find(
                                                new ChangeKey(side.tenant(),
                                                        EntityKind.CONTACT_NOTE,
                                                        "note_" + contact))
                                        .isPresent()))
                .containsExactly(sides);
    }

    private void writes_stayAtHome() {
        List<JsonNode> before = profiles(first);
        String value = second.era() + "-white";
        Map<String, ?> properties = Map.of("city", value);
        for (Reply reply : new Reply[]{
                second.tool(
                        "update_contact",
                        Map.of("contact_id", "ct_4", "properties", properties)),
                second.tool(
                        "update_company",
                        Map.of("company_id", "co_4", "properties", properties)),
                second.tool("create_company_note", Map.of("company_id", "co_4", "content", value)),
                second.tool(
                        "update_contact_note",
                        Map.of("contact_id", "ct_4", "note_id", "note_ct_4", "content", value))}) {
            assertThat(reply.structured().path("visible").asBoolean()).as(reply.text()).isTrue();
            unseen(reply);
        }
        assertThat(profiles(second).toString()).contains(value);
        assertThat(profiles(first)).isEqualTo(before);
    }

    /// As their pages and as the lists have them: rows and tables.
    private static List<JsonNode> profiles(Mcp mcp) {
        return List.of(
                mcp.tool("get_contact", Map.of("contact_id", "ct_4")).structured(),
                mcp.tool("get_company", Map.of("company_id", "co_4")).structured(),
                mcp.tool("list_contacts", Map.of("sort_by", "email")).structured(),
                mcp.tool("list_companies", Map.of("sort_by", "domain")).structured());
    }

    private void unseen(Reply reply) {
        assertThat(reply.text() + reply.headers()).doesNotContain(hidden);
    }
}
