package ai.pathbound.mcp.nodes;

import ai.pathbound.projector.query.Question;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Questions as JSON: the name of the record and its components. The names come from the sealed type
/// itself, so a new question has a form without further doing. Reading is strict: a component that is
/// missing or unknown is an error, not a guess.
final class QuestionForm {
    /// Also reads whole numbers as `Long`, which is what conditions hold.
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();
    private static final Map<String, Class<? extends Question>> TYPES = types();

    private QuestionForm() {}

    /// Every question there is, by name.
    static Map<String, Class<? extends Question>> types() {
        Map<String, Class<? extends Question>> types = new TreeMap<>();
        collect(Question.class, types);
        return types;
    }

    private static void collect(Class<?> type, Map<String, Class<? extends Question>> into) {
        if (type.isRecord()) {
            into.put(type.getSimpleName(), type.asSubclass(Question.class));
            return;
        }
        for (Class<?> part : type.getPermittedSubclasses()) {
            collect(part, into);
        }
    }

    static ObjectNode write(Question question) {
        ObjectNode form = MAPPER.createObjectNode();
        form.put("type", question.getClass().getSimpleName());
        form.set("value", MAPPER.valueToTree(question));
        return form;
    }

    /// @throws UnknownFormException if this is no question
    static Question read(JsonNode form) {
        String name = form.path("type").asString("");
        Class<? extends Question> type = TYPES.get(name);
        if (type == null) {
            throw new UnknownFormException("no question is called '" + name + "'");
        }
        return MAPPER.treeToValue(form.path("value"), type);
    }
}
