package ai.pathbound.sandbox.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.hostile.Mcp.Era;
import ai.pathbound.sandbox.hostile.Mcp.Reply;
import ai.pathbound.sandbox.hostile.Questions.Question;
import ai.pathbound.sandbox.hostile.Strangers.Side;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// No tool, resource, prompt or suggestion shows one tenant anything of another. What a tenant is
/// answered is the same, byte for byte, before strangers with the same ids, names and addresses have
/// data and after, whether it asks about its own or about theirs; so nobody can tell whether a
/// stranger has a thing at all.
final class IsolationIT {
    private static final String FOX = "amberfox";
    private static final String OWL = "tawnyowl";
    private static final String CROW = "graycrow";
    private static final String NOBODY = "whitedoe";
    private static final Set<String> WORDS = Set.of(FOX, OWL, CROW);
    private static final String ACME = "sk_demo_acme";
    private static final String GLOBEX = "sk_demo_globex";
    /// A tenant whose name begins with another's.
    private static final String LONGER = "acme_x";
    private static final Map<String, String> ARGUMENTS = Map.of(
            "contact_id",
            "account_brief",
            "event_type",
            "event_trend",
            "lifecycle_stage",
            "segment_review",
            "country",
            "segment_review",
            "field",
            "break_down");

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
            // There before anything is asked, and so when tables are filled.
            stack.load(Marked.of(LONGER, CROW, seed));
            stack.load(Marked.of("acme", FOX, seed));
            List<JsonNode> alone = answers(stack, ACME, FOX, OWL);
            stack.load(Marked.of("globex", OWL, seed));
            answers(stack, GLOBEX, OWL, FOX);
            assertAsBefore(alone, answers(stack, ACME, FOX, OWL));
            assertThat(alone.toString()).contains(FOX);
            for (Era era : Era.values()) {
                strangersWithKeys(stack, era);
                namesakesWithTokens(stack, era);
            }
            // Last, because the stranger's word is then in data of one's own.
            try (Mcp owl = new Mcp(stack.port(), GLOBEX, Era.MODERN)) {
                addressesOfStrangers_areFree(owl);
            }
        }
    }

    private static void strangersWithKeys(Stack stack, Era era) {
        try (Mcp fox = new Mcp(stack.port(), ACME, era);
                Mcp owl = new Mcp(stack.port(), GLOBEX, era)) {
            new Strangers(stack, new Side(fox, "acme", FOX), new Side(owl, "globex", OWL), WORDS)
                    .areNotSeen(era == Era.MODERN ? "ct_2" : "ct_3");
        }
    }

    /// The ids of these users are equal; nothing but the tenant in the token tells them apart.
    private static void namesakesWithTokens(Stack stack, Era era) {
        var fox = TokenIssuer.user("acme", "x_jo");
        var crow = TokenIssuer.user(LONGER, "jo");
        assertThat(fox.id()).isEqualTo(crow.id());
        try (Mcp one = new Mcp(stack.port(), stack.issuer.token(fox), era);
                Mcp other = new Mcp(stack.port(), stack.issuer.token(crow), era)) {
            new Strangers(stack, new Side(one, "acme", FOX), new Side(other, LONGER, CROW), WORDS)
                    .areNotSeen(era == Era.MODERN ? "ct_5" : "ct_6");
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
                        assertSame(
                                question.toString(),
                                reply,
                                mcp.tool(question.tool(), others.get(i).arguments()),
                                stranger);
                    } else {
                        assertUnseen(question.toString(), reply, own);
                    }
                    answers.add(comparable(reply));
                    asked.add(question.tool());
                }
                answers.addAll(guide(mcp, own, stranger));
                assertThat(asked).isEqualTo(names(mcp.list("tools")));
            }
        }
        return answers;
    }

    /// Resources, prompts and suggestions.
    private static List<JsonNode> guide(Mcp mcp, String own, String stranger) {
        List<Reply> replies = new ArrayList<>();
        replies.add(mcp.list("resources"));
        replies.add(mcp.list("resources/templates"));
        replies.add(mcp.list("prompts"));
        mcp.list("resources")
                .result()
                .path("resources")
                .forEach(resource -> replies.add(mcp.read(resource.path("uri").asString())));
        for (String kind : new String[]{"contacts", "companies", "events"}) {
            replies.add(mcp.read("pathbound://fields/" + kind));
        }
        replies.add(mcp.read("pathbound://contacts/ct_0"));
        replies.add(mcp.read("pathbound://contacts/ct_" + own));
        replies.add(mcp.prompt("account_brief", Map.of("contact_id", "ct_0")));
        ARGUMENTS.forEach((argument, prompt) -> {
            replies.add(mcp.complete(prompt, argument, ""));
            assertSame(
                    "suggestions for " + argument,
                    mcp.complete(prompt, argument, stranger),
                    mcp.complete(prompt, argument, NOBODY),
                    stranger);
        });
        assertThat(replies.toString()).contains("ct_" + own, "saw_" + own, "only_" + own);
        replies.forEach(reply -> {
            assertThat(reply.json().has("result")).as(reply.text()).isTrue();
            assertUnseen("the guide", reply, own);
        });
        assertSame(
                "a contact as a resource",
                mcp.read("pathbound://contacts/ct_" + stranger),
                mcp.read("pathbound://contacts/ct_" + NOBODY),
                stranger);
        return replies.stream().map(IsolationIT::comparable).toList();
    }

    private static void assertSame(String what, Reply reply, Reply missing, String stranger) {
        assertThat(comparable(reply).toString().replace(stranger, NOBODY)).as(what)
                .isEqualTo(comparable(missing).toString());
    }

    /// One by one: all of them in one message could not be read.
    private static void assertAsBefore(List<JsonNode> before, List<JsonNode> after) {
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).toString()).as("answer %d", i)
                    .isEqualTo(before.get(i).toString());
        }
    }

    private static void assertUnseen(String what, Reply reply, String own) {
        for (String word : WORDS) {
            if (!word.equals(own)) {
                assertThat(reply.text() + reply.headers()).as(what)
                        .doesNotContainIgnoringCase(word);
            }
        }
    }

    private static Set<String> names(Reply list) {
        Set<String> names = new TreeSet<>();
        list.result().path("tools").forEach(tool -> names.add(tool.path("name").asString()));
        assertThat(names).hasSizeGreaterThanOrEqualTo(26);
        return names;
    }

    /// Tokens that permit a delete hold the time they were made; pages of the guide say how current
    /// they are.
    private static JsonNode comparable(Reply reply) {
        return new Reply(reply.status(),
                reply.text()
                        .replaceAll("(confirm\\\\\":\\\\\")[\\w-]+", "$1")
                        .replaceAll("(freshness\\\\\":)\\{[^}]*}", "$1{}"),
                "").lasting();
    }

    private static void addressesOfStrangers_areFree(Mcp owl) {
        // Taken at both tenants: what is in the way is one's own.
        Reply taken = owl.tool("create_contact", Map.of("email", "person1@firm.test"));
        assertThat(taken.error().path("code").asString()).isEqualTo("duplicate");
        assertUnseen("a taken address", taken, OWL);
        Reply contact = owl.tool("create_contact", Map.of("email", FOX + "@firm.test"));
        assertThat(contact.error().path("code").asString()).as(contact.text()).isEmpty();
        Reply company = owl.tool("create_company", Map.of("domain", FOX + ".test"));
        assertThat(company.error().path("code").asString()).as(company.text()).isEmpty();
    }
}
