package ai.pathbound.projector.answer;

import ai.pathbound.projector.answer.Timeline.Place;
import ai.pathbound.projector.answer.Timeline.Wanted;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.projector.state.Change;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.List;
import java.util.Optional;

/// Questions about one contact.
final class ContactAnswers {
    private static final int RECENT_EVENTS = 20;

    private final TenantData data;
    private final Freshness freshness;

    ContactAnswers(TenantData data, Freshness freshness) {
        this.data = data;
        this.freshness = freshness;
    }

    Answer get(Question.GetContact question) {
        String id = question.contactId();
        return data.find(EntityKind.CONTACT, id)
                .<Answer>map(
                        change -> new Answer.Found(
                                JsonText.object(json -> write(json, change)), freshness))
                .orElseGet(() -> new Answer.NotFound("contact", id, freshness));
    }

    private void write(JsonText json, Change change) {
        Views views = new Views(json, data);
        String id = change.entityId();
        Contact contact = (Contact) change.body();
        // Found first, since the contact names it too.
        Optional<Change> company = data.company(contact);
        json.object("contact", () -> views.contact(change, true));
        company.ifPresentOrElse(
                found -> json.object("company", () -> views.company(found, false)),
                () -> json.nothing("company"));
        List<String> events = Timeline
                .of(data,
                        id,
                        contact,
                        new Wanted(TimeRange.ALL, Optional.empty(), RECENT_EVENTS, true, false))
                .entries()
                .stream()
                .map(entry -> entry.place().id())
                .toList();
        json.objects(
                "recent_events",
                data.findAll(EntityKind.EVENT, events),
                views::eventAlone);
        Notes.write(json, views, data, EntityKind.CONTACT, id);
    }

    Answer timeline(Question.ContactTimeline question) {
        Optional<Place> after = question.cursor().flatMap(Cursors::place);
        if (question.cursor().isPresent() && after.isEmpty()) {
            return new Answer.Invalid("cursor",
                    "must be the next of an earlier answer, passed on unchanged");
        }
        String id = question.contactId();
        Optional<Change> contact = data.find(EntityKind.CONTACT, id);
        if (contact.isEmpty()) {
            return new Answer.NotFound("contact", id, freshness);
        }
        Timeline.Cut cut = Timeline.of(
                data,
                id,
                (Contact) contact.get().body(),
                new Wanted(question.range(), after, question.limit(), false, true));
        return new Answer.Found(JsonText.object(json -> {
            Views views = new Views(json, data);
            json.objects("entries", cut.entries(), views::timelineEntry);
            json.number("returned", cut.entries().size());
            json.number("total", cut.total());
            json.flag("truncated", cut.truncated());
            json.text("next",
                    cut.truncated() ? Cursors.text(cut.entries().getLast().place()) : null);
        }), freshness);
    }
}
