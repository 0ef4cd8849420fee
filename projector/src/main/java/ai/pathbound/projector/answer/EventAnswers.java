package ai.pathbound.projector.answer;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;

/// Questions about one event, and about their names.
final class EventAnswers {
    private static final Comparator<Map.Entry<String, LongSummaryStatistics>> MOST_FIRST = Map.Entry
            .comparingByValue(Comparator.comparingLong(LongSummaryStatistics::getCount).reversed());

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

    Answer types() {
        Map<String, LongSummaryStatistics> times = new TreeMap<>();
        data.each(EntityKind.EVENT, change -> {
            Event event = (Event) change.body();
            times.computeIfAbsent(event.getName(), _ -> new LongSummaryStatistics())
                    .accept(event.getTimestamp().toEpochMilli());
            return true;
        });
        return new Answer.Found(
                JsonText.object(
                        json -> json.objects(
                                "event_types",
                                times.entrySet().stream().sorted(MOST_FIRST).toList(),
                                entry -> {
                                    var at = entry.getValue();
                                    json.text("event", entry.getKey());
                                    json.number("count", at.getCount());
                                    json.time("first_seen", Instant.ofEpochMilli(at.getMin()));
                                    json.time("last_seen", Instant.ofEpochMilli(at.getMax()));
                                })),
                freshness);
    }
}
