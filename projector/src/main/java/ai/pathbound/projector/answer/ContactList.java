package ai.pathbound.projector.answer;

import ai.pathbound.projector.answer.Timeline.Wanted;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.ContactFilter;
import ai.pathbound.projector.query.Question.ContactSort;
import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.projector.state.Change;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Contacts that pass a filter, sorted. Reads every contact of the tenant.
final class ContactList {
    private final TenantData data;
    private final Freshness freshness;

    ContactList(TenantData data, Freshness freshness) {
        this.data = data;
        this.freshness = freshness;
    }

    Answer answer(Question.ListContacts question) {
        List<Change> found = new ArrayList<>();
        data.each(EntityKind.CONTACT, change -> {
            if (passes((Contact) change.body(), question.filter())) {
                found.add(change);
            }
            return true;
        });
        if (question.countOnly()) {
            return Listing.count(found.size(), freshness);
        }
        found.sort(order(question.sort()));
        return Listing.page("contacts", found, question.page(), freshness, (json, change) -> {
            Views views = new Views(json, data);
            if (question.summary()) {
                views.contactSummary(change, lastActivity(change));
            } else {
                views.contact(change, question.provenance());
            }
        });
    }

    private Optional<Instant> lastActivity(Change change) {
        return Timeline
                .of(data,
                        change.entityId(),
                        (Contact) change.body(),
                        new Wanted(TimeRange.ALL, Optional.empty(), 1, true, false))
                .entries()
                .stream()
                .map(Timeline.Entry::at)
                .findFirst();
    }

    private boolean passes(Contact contact, ContactFilter filter) {
        Map<String, PropertyValue> properties = contact.getProperties();
        return filter.enriched()
                .map(enriched -> enriched == (contact.getEnrichedAt() != null))
                .orElse(true)
                && is(properties, "lifecyclestage", filter.lifecycleStage())
                && is(properties, "lead_status", filter.leadStatus())
                && is(properties, "country", filter.country())
                && is(properties, "industry", filter.industry())
                && is(properties, "city", filter.city())
                && is(properties, "state", filter.state())
                && filter.jobTitle().map(part -> holds(properties, "jobtitle", part)).orElse(true)
                && filter.hasLinkedin()
                        .map(has -> has == Properties.text(properties, "linkedin").isPresent())
                        .orElse(true)
                && filter.companyId()
                        .map(
                                id -> id.equals(contact.getCompanyId())
                                        && data.exists(EntityKind.COMPANY, id))
                        .orElse(true)
                && isIn(contact.getCreatedAt(), filter.created())
                && filter.search()
                        .map(
                                part -> Stream
                                        .of("firstname", "lastname", "email", "company", "jobtitle")
                                        .anyMatch(name -> holds(properties, name, part)))
                        .orElse(true);
    }

    static boolean isIn(Instant at, TimeRange range) {
        return range.from().map(from -> !at.isBefore(from)).orElse(true)
                && range.to().map(at::isBefore).orElse(true);
    }

    private static boolean is(Map<String, PropertyValue> properties,
            String name,
            Optional<String> wanted) {
        return wanted.map(
                text -> Properties.text(properties, name)
                        .filter(text::equalsIgnoreCase)
                        .isPresent())
                .orElse(true);
    }

    private static boolean holds(Map<String, PropertyValue> properties, String name, String part) {
        return Properties.text(properties, name)
                .filter(text -> text.toLowerCase(Locale.ROOT)
                        .contains(part.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    private static Comparator<Change> order(ContactSort sort) {
        String property = sort.by().name().toLowerCase(Locale.ROOT);
        return switch (sort.by()) {
            case CREATEDATE -> directed(
                    Comparator
                            .comparing((Change change) -> ((Contact) change.body()).getCreatedAt())
                            .thenComparing(Change::entityId),
                    sort.descending());
            case EMAIL, FIRSTNAME, LASTNAME, COMPANY -> Comparator
                    .comparing((Change change) -> key(change, property).isEmpty())
                    .thenComparing(
                            directed(
                                    Comparator
                                            .comparing(
                                                    (Change change) -> key(change, property)
                                                            .orElse(""))
                                            .thenComparing(Change::entityId),
                                    sort.descending()));
        };
    }

    private static Optional<String> key(Change change, String property) {
        return Properties.text(((Contact) change.body()).getProperties(), property)
                .map(text -> text.toLowerCase(Locale.ROOT));
    }

    static <T> Comparator<T> directed(Comparator<T> order, boolean descending) {
        return descending ? order.reversed() : order;
    }
}
