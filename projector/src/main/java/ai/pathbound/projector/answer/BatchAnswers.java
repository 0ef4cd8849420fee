package ai.pathbound.projector.answer;

import ai.pathbound.projector.answer.Timeline.Wanted;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.BatchEntity;
import ai.pathbound.projector.state.Change;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Questions about several entities; an id asked for twice is answered once.
final class BatchAnswers {
    private final TenantData data;
    private final Freshness freshness;

    BatchAnswers(TenantData data, Freshness freshness) {
        this.data = data;
        this.freshness = freshness;
    }

    Answer details(Question.BatchDetails question) {
        boolean contacts = question.entity() == BatchEntity.CONTACTS;
        Map<String, Change> found = find(
                contacts ? EntityKind.CONTACT : EntityKind.COMPANY,
                question.ids());
        return new Answer.Found(JsonText.object(json -> {
            Views views = new Views(json, data);
            if (contacts) {
                json.objects("contacts", found.values(), change -> views.contact(change, false));
            } else {
                json.objects("companies", found.values(), change -> views.company(change, false));
            }
            json.texts("missing_ids", missing(question.ids(), found));
        }), freshness);
    }

    Answer activity(Question.BatchActivity question) {
        Map<String, Change> found = find(EntityKind.CONTACT, question.contactIds());
        Wanted wanted = new Wanted(question.range(), Optional.empty(), question.eventsLimit(), true,
                true);
        return new Answer.Found(JsonText.object(json -> {
            Views views = new Views(json, data);
            json.number("contact_count", found.size());
            json.object("activity", () -> found.forEach((id, change) -> json.object(id, () -> {
                Timeline.Cut cut = Timeline.of(data, id, (Contact) change.body(), wanted);
                json.objects("events", cut.entries(), views::activity);
                json.number("total_events", cut.total());
            })));
            json.texts("missing_ids", missing(question.contactIds(), found));
        }), freshness);
    }

    private Map<String, Change> find(EntityKind kind, List<String> ids) {
        Map<String, Change> found = new LinkedHashMap<>();
        data.findAll(kind, new LinkedHashSet<>(ids))
                .forEach(change -> found.put(change.entityId(), change));
        return found;
    }

    private static Collection<String> missing(List<String> ids, Map<String, Change> found) {
        return ids.stream().distinct().filter(id -> !found.containsKey(id)).toList();
    }
}
