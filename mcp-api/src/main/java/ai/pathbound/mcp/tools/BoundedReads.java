package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.json.Wire;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Json;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.ReadModel;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Asks so that answers stay within what a model's context bears. A list that comes out too large is
/// asked for again with fewer items, so that the read model counts them and continues after them; an
/// answer that has no fewer items is trimmed. Either way it says `truncated` and, in `next`, how to
/// go on. Answers that fit are passed on unread.
final class BoundedReads {
    private final ReadModel model;
    private final int bytesMax;

    BoundedReads(ReadModel model, int bytesMax) {
        this.model = model;
        this.bytesMax = bytesMax;
    }

    Answer ask(String tenant, Question question) {
        Answer answer = model.ask(tenant, question);
        return answer instanceof Answer.Found found && found.json().utf8().length > bytesMax
                ? askForLess(tenant, question, found)
                : answer;
    }

    /// Makes an answer fit that did not come from the read model.
    Json fit(ObjectNode answer) {
        if (Trim.bytes(answer) > bytesMax) {
            mark(answer, Map.of());
            Trim.to(bytesMax, answer, List.of());
        }
        return new Json(Wire.MAPPER.writeValueAsBytes(answer));
    }

    private Answer askForLess(String tenant, Question question, Answer.Found whole) {
        Answer.Found found = whole;
        ObjectNode answer = parse(found);
        int items = Math.min(
                Portion.items(question),
                Math.max(1, answer.path("returned").asInt(Integer.MAX_VALUE)));
        int bytes = found.json().utf8().length;
        while (bytes > bytesMax && items > 1) {
            items = Math.clamp((long) items * bytesMax / bytes, 1, items - 1);
            Portion portion = Portion.first(question, items);
            items = Portion.items(portion.question());
            Answer again = model.ask(tenant, portion.question());
            if (!(again instanceof Answer.Found less)) {
                return again;
            }
            found = less;
            answer = parse(found);
            mark(answer, portion.next());
            bytes = Trim.bytes(answer);
        }
        if (bytes > bytesMax) {
            mark(answer, elsewhere(question));
            Trim.to(bytesMax, answer, lists(question));
        }
        return new Answer.Found(new Json(Wire.MAPPER.writeValueAsBytes(answer)),
                found.freshness());
    }

    private static ObjectNode parse(Answer.Found found) {
        return (ObjectNode) Wire.MAPPER.readTree(found.json().utf8());
    }

    private static void mark(ObjectNode answer, Map<String, Object> next) {
        answer.put("truncated", true);
        if (!next.isEmpty()) {
            answer.set("next", Wire.MAPPER.valueToTree(next));
        }
    }

    /// The lists beside an entity, which may lose their ends.
    private static List<String> lists(Question question) {
        return switch (question) {
            case Question.GetContact _ -> List.of("recent_events", "notes");
            case Question.GetCompany _ -> List.of("contacts");
            case Question.EventTypes _ -> List.of("event_types");
            case Question.Outline _,Question.Version _ -> List.of();
            case Question.EventStats _ -> List.of("stats");
            case Question.GetEvent _,Question.Paged _,Question.Aggregate _,Question.ContactTimeline _,Question.BatchDetails _,Question.BatchActivity _ ->
                List.of();
        };
    }

    /// The tool that has what these lists lost.
    private static Map<String, Object> elsewhere(Question question) {
        return switch (question) {
            case Question.GetContact(String id) ->
                Map.of("tool", "get_contact_timeline", "contact_id", id);
            case Question.GetCompany(String id) ->
                Map.of("tool", "list_contacts", "company_id", id);
            case Question.EventTypes _ -> Map.of("tool", "list_events");
            case Question.Outline _,Question.Version _ -> Map.of();
            case Question.EventStats _ -> Map.of("tool", "aggregate_data");
            case Question.GetEvent _,Question.Paged _,Question.Aggregate _,Question.ContactTimeline _,Question.BatchDetails _,Question.BatchActivity _ ->
                Map.of();
        };
    }
}
