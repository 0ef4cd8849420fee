package ai.pathbound.mcp.guide;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.json.Wire;
import ai.pathbound.mcp.tools.Reach;
import ai.pathbound.mcp.tools.TenantFacts;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question.Entity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Who is asking, what they may do, and what there is to ask about: `pathbound://account` in brief,
/// `pathbound://fields/{entity}` with every field. Shows only what the caller's scopes let tools show.
@Component
@Order(2)
final class AccountShelf implements Shelf {
    private static final Page ACCOUNT = new Page("pathbound://account", "account",
            "This account",
            "Who you are, what you may do, which fields and event types exist here, how many contacts,"
                    + " companies and events, and how current the data is. Small; read it first.",
            Contents.JSON);
    private static final String FIELDS = "pathbound://fields/";
    private static final Template FIELDS_OF = new Template(FIELDS + "{entity}", "fields",
            "Fields of an entity",
            "Every field and property of contacts, companies or events that aggregate_data can group,"
                    + " filter and measure by.",
            Contents.JSON);
    /// Names shown in brief; more of them would make the page large.
    private static final int FIELDS_MAX = 60;
    private static final int EVENT_TYPES_MAX = 25;
    private static final int FIELDS_IN_FULL_MAX = 1000;
    private static final int NAME_LENGTH_MAX = 60;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final TenantFacts facts;

    AccountShelf(TenantFacts facts) {
        this.facts = facts;
    }

    @Override
    public List<Page> pages(Caller caller) {
        return List.of(ACCOUNT);
    }

    @Override
    public List<Template> templates(Caller caller) {
        return List.of(FIELDS_OF);
    }

    @Override
    public Optional<Mono<Reading>> read(Caller caller, String uri) {
        if (uri.equals(ACCOUNT.uri())) {
            return Optional.of(account(caller));
        }
        return uri.startsWith(FIELDS)
                ? Optional.of(fields(caller, uri, uri.substring(FIELDS.length())))
                : Optional.empty();
    }

    /// The kinds of entities a caller may read.
    static List<String> readable(Caller caller) {
        List<String> words = new ArrayList<>();
        for (Entity entity : Entity.values()) {
            String word = entity.name().toLowerCase(Locale.ROOT);
            if (caller.has(Reach.scope(entity))) {
                words.add(word);
            }
        }
        return words;
    }

    private Mono<Reading> account(Caller caller) {
        return facts.outline(caller.tenant())
                .zipWith(facts.eventTypes(caller.tenant()))
                .map(
                        both -> both.getT1() instanceof Answer.Found outline
                                && both.getT2() instanceof Answer.Found types
                                        ? found(
                                                ACCOUNT.uri(),
                                                account(caller, tree(outline), tree(types)),
                                                outline)
                                        : notNow());
    }

    private static ObjectNode account(Caller caller, JsonNode outline, JsonNode types) {
        ObjectNode account = Wire.MAPPER.createObjectNode();
        account.put("tenant", caller.tenant()).put("user_id", caller.userId());
        ArrayNode scopes = account.putArray("scopes");
        caller.scopes().stream().sorted().forEach(scopes::add);
        for (String word : readable(caller)) {
            ObjectNode entity = account.putObject(word);
            entity.put("total", outline.path(word).path("total").asLong());
            List<String> names = fields(caller, outline, word);
            names(entity.putArray("fields"), names, FIELDS_MAX);
            if (names.size() > FIELDS_MAX) {
                entity.put("fields_total", names.size()).put("all_fields", FIELDS + word);
            }
        }
        if (account.get("events") instanceof ObjectNode events) {
            JsonNode all = types.path("event_types");
            ArrayNode shown = events.putArray("event_types");
            all.valueStream()
                    .limit(EVENT_TYPES_MAX)
                    .forEach(
                            type -> shown.addObject()
                                    .put("event", clipped(type.path("event").asString("")))
                                    .put("count", type.path("count").asLong())
                                    .put("last_seen", type.path("last_seen").asString("")));
            if (all.size() > EVENT_TYPES_MAX) {
                events.put("event_types_total", all.size());
            }
        }
        return account;
    }

    private Mono<Reading> fields(Caller caller, String uri, String word) {
        if (!readable(caller).contains(word)) {
            return Mono.just(new Reading.Absent());
        }
        return facts.outline(caller.tenant()).map(answer -> {
            if (!(answer instanceof Answer.Found outline)) {
                return notNow();
            }
            List<String> names = fields(caller, tree(outline), word);
            ObjectNode fields = Wire.MAPPER.createObjectNode().put("entity", word);
            names(fields.putArray("fields"), names, FIELDS_IN_FULL_MAX);
            fields.put("total", names.size());
            return found(uri, fields, outline);
        });
    }

    /// The names of an entity's fields that the caller may ask for.
    static List<String> fields(Caller caller, JsonNode outline, String word) {
        Entity rows = Entity.valueOf(word.toUpperCase(Locale.ROOT));
        return outline.path(word)
                .path("fields")
                .valueStream()
                .map(name -> name.asString(""))
                .filter(name -> Reach.covers(caller, rows, name))
                .toList();
    }

    private static void names(ArrayNode shown, List<String> names, int max) {
        names.stream().limit(max).forEach(name -> shown.add(clipped(name)));
    }

    private static String clipped(String name) {
        return name.length() <= NAME_LENGTH_MAX ? name : name.substring(0, NAME_LENGTH_MAX) + "…";
    }

    private static JsonNode tree(Answer.Found answer) {
        return Wire.MAPPER.readTree(answer.json().utf8());
    }

    private static Reading found(String uri, ObjectNode json, Answer.Found source) {
        ObjectNode fresh = json.putObject("freshness");
        fresh.put("as_of", source.freshness().asOf().toString())
                .put("lag_ms", source.freshness().lagMillis())
                .put("caught_up", source.freshness().caughtUp());
        return new Reading.Found(
                new Contents(uri, Contents.JSON, Wire.MAPPER.writeValueAsString(json), true,
                        Optional.of(source.freshness())));
    }

    private static Reading notNow() {
        return new Reading.NotNow("The data is being rebuilt; ask again shortly.", RETRY_AFTER);
    }
}
