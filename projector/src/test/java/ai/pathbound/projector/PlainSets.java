package ai.pathbound.projector;

import ai.pathbound.projector.query.Question.CompanyFilter;
import ai.pathbound.projector.query.Question.ContactFilter;
import ai.pathbound.projector.query.Question.EventFilter;
import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Lists over [PlainModel]: every entity as a map of fields, filtered and sorted one by one.
final class PlainSets {
    private final List<PlainRow> contacts;
    private final List<PlainRow> companies;
    private final List<PlainRow> events;
    private final Map<String, Instant> activity;
    private final Map<String, Instant> contactActivity;

    PlainSets(PlainModel model) {
        contacts = model.all(EntityKind.CONTACT)
                .map(step -> PlainRow.contact(step, model))
                .toList();
        companies = model.all(EntityKind.COMPANY).map(PlainRow::company).toList();
        events = model.all(EntityKind.EVENT).map(step -> PlainRow.event(step, model)).toList();
        activity = newest("company_id");
        contactActivity = newest("contact_id");
    }

    List<PlainRow> contacts() {
        return contacts;
    }

    List<PlainRow> companies() {
        return companies;
    }

    List<PlainRow> events() {
        return events;
    }

    Stream<PlainRow> contacts(ContactFilter filter) {
        return contacts.stream()
                .filter(c -> is(filter.enriched(), c.get("enriched_at").isPresent()))
                .filter(c -> equal(filter.lifecycleStage(), c, "lifecyclestage"))
                .filter(c -> equal(filter.leadStatus(), c, "lead_status"))
                .filter(c -> equal(filter.country(), c, "country"))
                .filter(c -> equal(filter.industry(), c, "industry"))
                .filter(c -> equal(filter.city(), c, "city"))
                .filter(c -> equal(filter.state(), c, "state"))
                .filter(c -> contains(filter.jobTitle(), c, "jobtitle"))
                .filter(c -> is(filter.hasLinkedin(), c.get("linkedin").isPresent()))
                .filter(c -> exactly(filter.companyId(), c, "company_id"))
                .filter(c -> in(filter.created(), c, "created_at"))
                .filter(
                        c -> contains(filter.search(),
                                c,
                                "firstname",
                                "lastname",
                                "email",
                                "company",
                                "jobtitle"))
                .filter(c -> active(filter.active(), contactActivity, c));
    }

    Stream<PlainRow> companies(CompanyFilter filter) {
        return companies.stream()
                .filter(c -> equal(filter.industry(), c, "industry"))
                .filter(c -> equal(filter.country(), c, "country"))
                .filter(c -> contains(filter.search(), c, "name", "domain", "industry"))
                .filter(c -> active(filter.active(), activity, c));
    }

    Stream<PlainRow> events(EventFilter filter) {
        return events.stream()
                .filter(e -> exactly(filter.eventType(), e, "event"))
                .filter(e -> exactly(filter.contactId(), e, "contact_id"))
                .filter(e -> equal(filter.domain(), e, "domain"))
                .filter(e -> contains(filter.urlContains(), e, "url"))
                .filter(e -> in(filter.range(), e, "timestamp"))
                .filter(e -> !filter.identifiedOnly() || e.get("contact_id").isPresent())
                .filter(e -> is(filter.bot(), e.get("is_bot").equals(Optional.of(true))))
                .filter(e -> contains(filter.search(), e, "event", "url", "domain"));
    }

    /// The newest event of each company.
    Map<String, Instant> activity() {
        return activity;
    }

    /// @param whose the field of events that names an entity
    private Map<String, Instant> newest(String whose) {
        Map<String, Instant> newest = new HashMap<>();
        for (PlainRow event : events) {
            event.get(whose)
                    .ifPresent(
                            id -> newest.merge(
                                    id.toString(),
                                    (Instant) event.get("timestamp").orElseThrow(),
                                    (one, other) -> one.isAfter(other) ? one : other));
        }
        return newest;
    }

    private static boolean active(TimeRange range, Map<String, Instant> newest, PlainRow row) {
        return range.equals(TimeRange.ALL)
                || (newest.containsKey(row.id()) && in(range, newest.get(row.id())));
    }

    /// Texts without regard to case, missing values last, ties by id.
    static Comparator<PlainRow> by(String field, boolean descending) {
        Comparator<PlainRow> missing = Comparator.comparing(row -> row.get(field).isEmpty());
        Comparator<PlainRow> value = Comparator
                .comparing((PlainRow row) -> sorted(row.get(field)), PlainValues.ORDER)
                .thenComparing(PlainRow::id);
        return missing.thenComparing(descending ? value.reversed() : value);
    }

    private static Object sorted(Optional<Object> value) {
        return value.orElse("") instanceof String text
                ? text.toLowerCase(Locale.ROOT)
                : value.orElseThrow();
    }

    private static boolean is(Optional<Boolean> wanted, boolean actual) {
        return wanted.isEmpty() || wanted.get() == actual;
    }

    private static boolean exactly(Optional<String> wanted, PlainRow row, String field) {
        return wanted.isEmpty() || row.get(field).equals(wanted.map(Object.class::cast));
    }

    private static boolean equal(Optional<String> wanted, PlainRow row, String field) {
        return wanted.isEmpty() || row.get(field)
                .filter(value -> value.toString().equalsIgnoreCase(wanted.get()))
                .isPresent();
    }

    private static boolean contains(Optional<String> part, PlainRow row, String... fields) {
        return part.isEmpty() || Stream.of(fields)
                .anyMatch(
                        field -> row.get(field).orElse(0) instanceof String text
                                && text.toLowerCase(Locale.ROOT)
                                        .contains(part.get().toLowerCase(Locale.ROOT)));
    }

    static boolean in(TimeRange range, PlainRow row, String field) {
        return in(range, (Instant) row.get(field).orElseThrow());
    }

    private static boolean in(TimeRange range, Instant at) {
        return range.from().map(from -> !at.isBefore(from)).orElse(true)
                && range.to().map(at::isBefore).orElse(true);
    }
}
