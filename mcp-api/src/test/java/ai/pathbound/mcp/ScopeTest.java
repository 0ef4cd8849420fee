package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.McpTestClient.Answer;
import ai.pathbound.mcp.json.Wire;
import ai.pathbound.projector.query.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A credential reads entities of its scopes and of no others, however a call is spelt.
final class ScopeTest {
    private static final RecordingReadModel MODEL = new RecordingReadModel();
    private static final TestServer SERVER = new TestServer(MODEL, () -> true);
    private static final Map<String, String> KEYS = Map.of(
            "sk_contacts",
            "contacts:read",
            "sk_companies",
            "companies:read",
            "sk_events",
            "events:read");
    /// Values for arguments a call cannot do without.
    private static final Map<String, Object> GIVEN = Map.of(
            "entity",
            "events",
            "entity_type",
            "contacts",
            "ids",
            List.of("x_1"),
            "contact_ids",
            List.of("ct_1"));
    private static final Map<String, McpTestClient> CLIENTS = new ConcurrentHashMap<>();
    private static final List<String> ENTITIES = List.of("contacts", "companies", "events");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    static Stream<String> keys() {
        return KEYS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void noSpellingOfAnArgument_opensAnotherEntity(String key) {
        for (JsonNode tool : tools()) {
            for (String argument : arguments(tool)) {
                for (Object value : spellings()) {
                    Map<String, Object> arguments = required(tool);
                    arguments.put(argument, value);
                    call(key, tool.path("name").asString(), arguments);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void noPlaceOfAnAggregation_readsAnotherEntity(String key) {
        for (String entity : ENTITIES) {
            for (String field : joinedFields()) {
                places(field).forEach(place -> {
                    Map<String, Object> arguments = new LinkedHashMap<>(place);
                    arguments.put("entity", entity);
                    call(key, "aggregate_data", arguments);
                });
            }
        }
    }

    @Test
    void joinedFields_areReadWithBothScopes() {
        for (String field : joinedFields()) {
            places(field).forEach(place -> {
                Map<String, Object> arguments = new LinkedHashMap<>(place);
                arguments.put("entity", "events");
                assertThat(send("sk_all", "aggregate_data", arguments).status())
                        .as(arguments.toString())
                        .isEqualTo(200);
            });
        }
        assertThat(MODEL.asked()).isNotEmpty();
    }

    @Test
    void refusal_namesTheScopeOfTheJoinedEntity() {
        Answer answer = send(
                "sk_events",
                "aggregate_data",
                Map.of("entity", "events", "group_by", List.of("contact.email")));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.challenge()).contains("insufficient_scope", "contacts:read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compnaies", "everything", "*", "events,contacts"})
    void entityThatIsNone_isAnInvalidArgument(String entity) {
        Answer answer = send("sk_contacts", "aggregate_data", Map.of("entity", entity));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.code()).isEqualTo("invalid_arguments");
        assertThat(MODEL.asked()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void suggestedFields_mayAllBeAskedFor(String key) {
        Answer page = client(key)
                .legacy(
                        "resources/read",
                        "{\"uri\":\"pathbound://fields/" + entityOf(key) + "\"}");
        JsonNode fields = Wire.MAPPER
                .readTree(page.json().at("/result/contents/0/text").asString())
                .path("fields");
        JsonNode suggested = client(key)
                .legacy(
                        "completion/complete",
                        "{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"break_down\"},\"argument\":"
                                + "{\"name\":\"field\",\"value\":\"\"}}")
                .json()
                .at("/result/completion/values");
        assertThat(fields).isNotEmpty();
        assertThat(suggested).isNotEmpty();
        MODEL.asked();
        Stream.concat(fields.valueStream(), suggested.valueStream())
                .forEach(
                        field -> assertThat(
                                send(
                                        key,
                                        "aggregate_data",
                                        Map.of(
                                                "entity",
                                                entityOf(key),
                                                "group_by",
                                                List.of(field.asString())))
                                        .status())
                                .as(field.asString())
                                .isEqualTo(200));
        MODEL.asked();
    }

    private static McpTestClient client(String key) {
        return CLIENTS.computeIfAbsent(key, SERVER::client);
    }

    private static String entityOf(String key) {
        return key.substring("sk_".length());
    }

    /// Whatever comes of the call, the read model is asked nothing beyond the scope of the key.
    private static void call(String key, String tool, Map<String, Object> arguments) {
        send(key, tool, arguments);
        for (Question question : MODEL.asked()) {
            assertThat(touched(question)).as(tool + " " + arguments + " with " + key)
                    .isEqualTo(Set.of(KEYS.get(key)));
        }
    }

    private static Answer send(String key, String tool, Map<String, Object> arguments) {
        return client(key).legacyTool(tool, Wire.MAPPER.writeValueAsString(arguments));
    }

    /// The scopes of what a question is about, told from its record and the names in it.
    private static Set<String> touched(Question question) {
        String name = question.getClass().getSimpleName();
        Set<String> scopes = new TreeSet<>();
        if (question instanceof Question.Aggregate aggregate) {
            String text = question.toString();
            scopes.add(aggregate.entity().name().toLowerCase(Locale.ROOT) + ":read");
            if (aggregate.entity() == Question.Entity.EVENTS && text.contains("contact.")) {
                scopes.add("contacts:read");
            }
            // `contact.` leads from events to contacts, and from there on to companies.
            boolean company = aggregate.entity() == Question.Entity.EVENTS
                    ? text.contains("company.")
                    : text.replace("contact.company.", "").contains("company.");
            if (aggregate.entity() != Question.Entity.COMPANIES && company) {
                scopes.add("companies:read");
            }
        } else if (name.contains("Event")) {
            scopes.add("events:read");
        } else if (name.contains("Compan")) {
            scopes.add("companies:read");
        } else {
            scopes.add("contacts:read");
        }
        return scopes;
    }

    private static List<JsonNode> tools() {
        return client("sk_all")
                .legacy("tools/list", "{}")
                .json()
                .at("/result/tools")
                .valueStream()
                .filter(tool -> tool.at("/annotations/readOnlyHint").asBoolean())
                .toList();
    }

    /// Arguments that name a kind of entity, in tools that have none too.
    private static List<String> arguments(JsonNode tool) {
        List<String> names = new ArrayList<>(List.of("entity", "entity_type"));
        tool.at("/inputSchema/properties")
                .properties()
                .stream()
                .filter(parameter -> parameter.getValue()
                        .path("enum")
                        .toString()
                        .contains("contacts"))
                .map(Map.Entry::getKey)
                .filter(name -> !names.contains(name))
                .forEach(names::add);
        return names;
    }

    private static Map<String, Object> required(JsonNode tool) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        tool.at("/inputSchema/required")
                .forEach(
                        name -> arguments.put(
                                name.asString(),
                                GIVEN.getOrDefault(name.asString(), "x_1")));
        return arguments;
    }

    private static List<Object> spellings() {
        List<Object> spellings = new ArrayList<>();
        for (String word : ENTITIES) {
            spellings.addAll(
                    List.of(
                            word,
                            " " + word,
                            word + " ",
                            "\t" + word + "\n",
                            "\u00a0" + word,
                            "\ufeff" + word,
                            word.toUpperCase(Locale.ROOT),
                            word.substring(0, 1).toUpperCase(Locale.ROOT)
                                    + word.substring(1),
                            word.substring(0, word.length() - 1),
                            word + ",",
                            "\"" + word + "\"",
                            "[\"" + word + "\"]",
                            word + "\u0000",
                            List.of(word),
                            List.of(word, "contacts"),
                            Map.of("entity", word)));
        }
        spellings.addAll(List.of("", " ", 0, true, List.of(), Map.of()));
        return spellings;
    }

    private static List<String> joinedFields() {
        List<String> fields = new ArrayList<>();
        for (String of : List.of("contact", "company", "contact.company")) {
            for (String name : List
                    .of("email", "name", "salary", "properties.salary", "created_at")) {
                fields.add(of + "." + name);
            }
        }
        return fields;
    }

    /// Every place of an aggregation that takes a field.
    private static List<Map<String, Object>> places(String field) {
        return List.of(
                Map.of("group_by", List.of(field)),
                Map.of("group_by", List.of("country", field)),
                Map.of("metrics", List.of(Map.of("op", "count_distinct", "field", field))),
                Map.of("metrics", List.of("max:" + field)),
                Map.of("filters", Map.of(field, "x")),
                Map.of("filters", Map.of(field, List.of("x", "y"))),
                Map.of("filters", Map.of(field, Map.of("gt", 50_000))),
                Map.of("filters", Map.of(field, Map.of("exists", true))),
                Map.of("group_by", List.of(field), "sort", Map.of("by", field)));
    }
}
