package ai.pathbound.sandbox.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.hostile.Mcp.Era;
import ai.pathbound.sandbox.hostile.Mcp.Reply;
import ai.pathbound.sandbox.hostile.Questions.Question;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// No tool shows one tenant anything of another. What a tenant is answered is the same, byte for byte,
/// before strangers with the same ids, names and addresses have data and after, whether it asks
/// about its own or about theirs; so nobody can tell whether a stranger has a thing at all.
final class IsolationIT {
    private static final String FOX = "amberfox";
    private static final String OWL = "tawnyowl";
    /// Of a tenant whose name begins with another's.
    private static final String CROW = "graycrow";
    private static final String NOBODY = "whitedoe";
    private static final String ACME = "sk_demo_acme";
    private static final String GLOBEX = "sk_demo_globex";
    private static final Map<String, ?> CAN_ASK = Map
            .of("io.modelcontextprotocol/clientCapabilities", Map.of("elicitation", Map.of()));

    @TempDir
    private Path folder = Path.of(".");

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("pathbound.seeds", 2));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void strangers_areNotSeen(long seed) {
        try (Stack stack = new Stack(folder, "pathbound.confirm.required=true",
                "pathbound.reads.visible-within=200ms")) {
            stack.load(Marked.of("acme", FOX, seed));
            List<JsonNode> alone = answers(stack, ACME, FOX, OWL);
            stack.load(Marked.of("globex", OWL, seed));
            stack.load(Marked.of("acme.x", CROW, seed));
            assertThat(answers(stack, ACME, FOX, OWL)).isEqualTo(alone);
            assertThat(alone.toString()).contains(FOX);
            answers(stack, GLOBEX, OWL, FOX);
            for (Era era : Era.values()) {
                try (Mcp fox = new Mcp(stack.port(), ACME, era);
                        Mcp owl = new Mcp(stack.port(), GLOBEX, era)) {
                    nextPages_areOfOneTenant(fox, owl);
                    resources_showNoData(owl);
                    tokensOfStrangers_sayNothing(fox, owl);
                    idempotencyKeys_doNotMeet(fox, owl);
                    confirmations_countForWhoWasAsked(stack, fox, owl);
                    writes_stayAtHome(fox, owl);
                }
            }
            // Last, because the stranger's word is then in data of one's own.
            try (Mcp owl = new Mcp(stack.port(), GLOBEX, Era.MODERN)) {
                addressesOfStrangers_areFree(owl);
            }
        }
    }

    /// Asks everything in both eras. Of what is asked about a stranger, nothing tells that it exists.
    private static List<JsonNode> answers(Stack stack, String key, String own, String stranger) {
        List<JsonNode> answers = new ArrayList<>();
        Set<String> asked = new TreeSet<>();
        for (Era era : Era.values()) {
            try (Mcp mcp = new Mcp(stack.port(), key, era)) {
                List<Question> ours = Questions.of(own, stranger);
                List<Question> others = Questions.of(own, NOBODY);
                for (int i = 0; i < ours.size(); i++) {
                    Question question = ours.get(i);
                    Reply reply = mcp.tool(question.tool(), question.arguments());
                    assertThat(reply.status()).as(question.toString()).isEqualTo(200);
                    if (question.aboutStranger()) {
                        Reply missing = mcp.tool(question.tool(), others.get(i).arguments());
                        assertThat(comparable(reply).toString().replace(stranger, NOBODY))
                                .as(question.toString())
                                .isEqualTo(comparable(missing).toString());
                    } else {
                        assertThat(reply.text() + reply.headers()).as(question.toString())
                                .doesNotContainIgnoringCase(stranger)
                                .doesNotContainIgnoringCase(CROW);
                    }
                    answers.add(comparable(reply));
                    asked.add(question.tool());
                }
                assertThat(asked).isEqualTo(names(mcp.list("tools")));
            }
        }
        return answers;
    }

    private static Set<String> names(Reply list) {
        Set<String> names = new TreeSet<>();
        list.result().path("tools").forEach(tool -> names.add(tool.path("name").asString()));
        assertThat(names).hasSizeGreaterThanOrEqualTo(26);
        return names;
    }

    /// Tokens that permit a delete hold the time they were made.
    private static JsonNode comparable(Reply reply) {
        return new Reply(reply.status(),
                reply.text().replaceAll("(confirm\\\\\":\\\\\")[\\w-]+", "$1"),
                "").lasting();
    }

    private static void nextPages_areOfOneTenant(Mcp fox, Mcp owl) {
        JsonNode first = fox
                .tool("get_contact_timeline", Map.of("contact_id", "ct_0", "limit", 2))
                .structured();
        String next = first.path("next").asString();
        assertThat(next).isNotEmpty();
        unseen(
                owl.tool("get_contact_timeline", Map.of("contact_id", "ct_0", "cursor", next)));
        Map<String, Object> page = Map.of("page", 2, "limit", 4);
        assertThat(fox.tool("list_contacts", page).text()).contains(FOX);
        unseen(owl.tool("list_contacts", page));
    }

    private static void resources_showNoData(Mcp owl) {
        JsonNode resources = owl.list("resources").result().path("resources");
        assertThat(resources).isNotEmpty();
        for (JsonNode resource : resources) {
            unseen(owl.read(resource.path("uri").asString()));
        }
        unseen(owl.read("pathbound://acme"));
    }

    private static void addressesOfStrangers_areFree(Mcp owl) {
        // Taken at both tenants: what is in the way is one's own.
        Reply taken = owl.tool("create_contact", Map.of("email", "person1@firm.test"));
        assertThat(taken.error().path("code").asString()).isEqualTo("duplicate");
        unseen(taken);
        Reply contact = owl.tool("create_contact", Map.of("email", FOX + "@firm.test"));
        assertThat(contact.error().path("code").asString()).as(contact.text()).isEmpty();
        Reply company = owl.tool("create_company", Map.of("domain", FOX + ".test"));
        assertThat(company.error().path("code").asString()).as(company.text()).isEmpty();
    }

    /// A token that names a stranger's write is as good as one that names none at all.
    private static void tokensOfStrangers_sayNothing(Mcp fox, Mcp owl) {
        Reply written = fox.tool("create_company", Map.of("domain", fox.era() + "-token.test"));
        JsonNode token = written.result().path("_meta").path("ai.pathbound/written");
        assertThat(token.path("id").asString()).isNotEmpty();
        Map<String, ?> madeUp = Map.of("kind", "company", "id", "co_none", "version", 1);
        Map<String, ?> arguments = Map.of("company_id", token.path("id").asString());
        Reply reply = owl.tool(
                "get_company",
                arguments,
                Map.of("ai.pathbound/written", token),
                Map.of());
        Reply other = owl
                .tool("get_company", arguments, Map.of("ai.pathbound/written", madeUp), Map.of());
        assertThat(reply.result().at("/_meta/ai.pathbound~1freshness/stale").asBoolean()).isTrue();
        assertThat(other.result().at("/_meta/ai.pathbound~1freshness/stale").asBoolean()).isTrue();
        assertThat(reply.error()).isEqualTo(other.error());
        assertThat(reply.error().path("code").asString()).isEqualTo("not_found");
    }

    private static void idempotencyKeys_doNotMeet(Mcp fox, Mcp owl) {
        String key = "the same key, " + fox.era();
        Reply first = fox.tool("create_contact_note", note(FOX + " secret", key));
        Reply second = owl.tool("create_contact_note", note("ours", key));
        unseen(second);
        assertThat(second.structured().at("/note/content").asString()).isEqualTo("ours");
        assertThat(second.structured().at("/note/note_id").asString())
                .isNotEqualTo(first.structured().at("/note/note_id").asString());
        // Nor does a repetition with the same text find the stranger's note.
        Reply third = owl.tool("create_contact_note", note(FOX + " secret", key));
        assertThat(third.error().path("code").asString()).isEqualTo("idempotency_key_reused");
    }

    private static Map<String, ?> note(String content, String key) {
        return Map.of("contact_id", "ct_1", "content", content, "idempotency_key", key);
    }

    private static void confirmations_countForWhoWasAsked(Stack stack, Mcp fox, Mcp owl) {
        String contact = fox.era() == Era.MODERN ? "ct_2" : "ct_3";
        Map<String, Object> note = Map.of("contact_id", contact, "note_id", "note_" + contact);
        if (fox.era() == Era.MODERN) {
            String foreign = asked(fox, note, FOX);
            Map<String, Object> agreed = Map.of(
                    "inputResponses",
                    Map.of(
                            "confirm",
                            Map.of("action", "accept", "content", Map.of("confirm", true))),
                    "requestState",
                    foreign);
            Reply again = owl.tool("delete_contact_note", note, CAN_ASK, agreed);
            assertThat(again.result().path("resultType").asString()).isEqualTo("input_required");
            unseen(again);
            existAt(stack, contact, "acme", "globex");
            assertThat(
                    fox.tool("delete_contact_note", note, CAN_ASK, agreed)
                            .structured()
                            .path("deleted")
                            .asString())
                    .isEqualTo("note_" + contact);
        } else {
            Map<String, Object> confirmed = new HashMap<>(note);
            confirmed.put(
                    "confirm",
                    fox.tool("delete_contact_note", note).error().path("confirm").asString());
            Reply refused = owl.tool("delete_contact_note", confirmed);
            assertThat(refused.error().path("code").asString())
                    .isEqualTo("confirmation_required");
            unseen(refused);
            existAt(stack, contact, "acme", "globex");
            assertThat(
                    fox.tool("delete_contact_note", confirmed)
                            .structured()
                            .path("deleted")
                            .asString())
                    .isEqualTo("note_" + contact);
        }
        existAt(stack, contact, "globex");
    }

    /// The state of the question; its text shows the asker's own note.
    private static String asked(Mcp mcp, Map<String, Object> note, String word) {
        Reply question = mcp.tool("delete_contact_note", note, CAN_ASK, Map.of());
        assertThat(question.text()).contains(word);
        return question.result().path("requestState").asString();
    }

    private static void existAt(Stack stack, String contact, String... tenants) {
        assertThat(
                Stream.of("acme", "globex")
                        .filter(
                                tenant -> stack.truth
                                        .find(
                                                new ChangeKey(tenant, EntityKind.CONTACT_NOTE,
                                                        "note_" + contact))
                                        .isPresent()))
                .containsExactly(tenants);
    }

    private static void writes_stayAtHome(Mcp fox, Mcp owl) {
        JsonNode contact = fox.tool("get_contact", Map.of("contact_id", "ct_4")).structured();
        JsonNode company = fox.tool("get_company", Map.of("company_id", "co_4")).structured();
        String value = owl.era() + "-" + NOBODY;
        Map<String, ?> properties = Map.of("city", value);
        for (Reply reply : new Reply[]{
                owl.tool("update_contact", Map.of("contact_id", "ct_4", "properties", properties)),
                owl.tool("update_company", Map.of("company_id", "co_4", "properties", properties)),
                owl.tool("create_company_note", Map.of("company_id", "co_4", "content", value)),
                owl.tool(
                        "update_contact_note",
                        Map.of("contact_id", "ct_4", "note_id", "note_ct_4", "content", value))}) {
            assertThat(reply.structured().path("visible").asBoolean()).as(reply.text()).isTrue();
            unseen(reply);
        }
        assertThat(owl.tool("get_contact", Map.of("contact_id", "ct_4")).text()).contains(value);
        assertThat(fox.tool("get_contact", Map.of("contact_id", "ct_4")).structured())
                .isEqualTo(contact);
        assertThat(fox.tool("get_company", Map.of("company_id", "co_4")).structured())
                .isEqualTo(company);
    }

    private static void unseen(Reply reply) {
        assertThat(reply.text() + reply.headers()).doesNotContain(FOX, CROW);
    }
}
