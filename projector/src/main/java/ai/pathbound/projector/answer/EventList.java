package ai.pathbound.projector.answer;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.EventFilter;
import ai.pathbound.projector.query.Question.EventSort;
import ai.pathbound.projector.state.Change;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Events that pass a filter, sorted. Reads every event of the tenant.
final class EventList {
    /// What sorting needs of an event; the page's events are read again.
    private record Row(String id, Instant timestamp, String name, Instant acceptedAt) {}

    private final TenantData data;
    private final Freshness freshness;

    EventList(TenantData data, Freshness freshness) {
        this.data = data;
        this.freshness = freshness;
    }

    Answer answer(Question.ListEvents question) {
        List<Row> found = new ArrayList<>();
        data.each(EntityKind.EVENT, change -> {
            Event event = (Event) change.body();
            if (passes(event, question.filter())) {
                found.add(
                        new Row(change.entityId(), event.getTimestamp(), event.getName(),
                                change.occurredAt()));
            }
            return true;
        });
        if (question.countOnly()) {
            return Listing.count(found.size(), freshness);
        }
        found.sort(order(question.sort()));
        return Listing.page("events", found, question.page(), freshness, (json, row) -> {
            Views views = new Views(json, data);
            Change change = data.find(EntityKind.EVENT, row.id()).orElseThrow();
            Optional<String> owner = data.owner((Event) change.body());
            if (question.summary()) {
                views.eventSummary(change, owner);
            } else {
                views.event(change, owner, question.provenance());
            }
        });
    }

    private boolean passes(Event event, EventFilter filter) {
        return filter.eventType().map(event.getName()::equals).orElse(true)
                && ContactList.isIn(event.getTimestamp(), filter.range())
                && filter.domain()
                        .map(domain -> domain.equalsIgnoreCase(event.getDomain()))
                        .orElse(true)
                && filter.urlContains().map(part -> holds(event.getUrl(), part)).orElse(true)
                && filter.bot().map(bot -> bot == event.getIsBot()).orElse(true)
                && filter.search()
                        .map(
                                part -> Stream
                                        .of(event.getName(), event.getUrl(), event.getDomain())
                                        .anyMatch(text -> holds(text, part)))
                        .orElse(true)
                && isOwned(event, filter);
    }

    private boolean isOwned(Event event, EventFilter filter) {
        if (filter.contactId().isEmpty() && !filter.identifiedOnly()) {
            return true;
        }
        Optional<String> owner = data.owner(event);
        return filter.contactId().map(id -> owner.filter(id::equals)).orElse(owner).isPresent();
    }

    private static boolean holds(@Nullable String text, String part) {
        return text != null
                && text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private static Comparator<Row> order(EventSort sort) {
        Comparator<Row> byKey = switch (sort.by()) {
            case TIMESTAMP -> Comparator.comparing(Row::timestamp);
            case EVENT -> Comparator.comparing(Row::name);
            case CREATED_AT -> Comparator.comparing(Row::acceptedAt);
        };
        return ContactList.directed(byKey.thenComparing(Row::id), sort.descending());
    }
}
