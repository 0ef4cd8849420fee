package ai.pathbound.projector.answer;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.topics.EntityKind;

/// Questions about one event.
final class EventAnswers {
    private final TenantData data;
    private final Freshness freshness;

    EventAnswers(TenantData data, Freshness freshness) {
        this.data = data;
        this.freshness = freshness;
    }

    Answer get(Question.GetEvent question) {
        String id = question.eventId();
        return data.find(EntityKind.EVENT, id)
                .<Answer>map(
                        change -> new Answer.Found(
                                JsonText.object(
                                        json -> json.object(
                                                "event",
                                                () -> new Views(json, data).event(
                                                        change,
                                                        data.owner((Event) change.body()),
                                                        true))),
                                freshness))
                .orElseGet(() -> new Answer.NotFound("event", id, freshness));
    }
}
