package ai.pathbound.projector.answer;

import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.query.Filter;
import ai.pathbound.projector.columns.query.Operand;
import ai.pathbound.projector.query.Question.CompanyFilter;
import ai.pathbound.projector.query.Question.ContactFilter;
import ai.pathbound.projector.query.Question.EventFilter;
import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.projector.tables.ColumnNames;
import ai.pathbound.projector.tables.Joins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The conditions of lists as filters of the column tables.
final class Filters {
    private final List<Filter> all = new ArrayList<>();

    static Filter of(ContactFilter filter, Joins joins) {
        Filters filters = new Filters();
        filter.enriched().ifPresent(is -> filters.exists(ColumnNames.ENRICHED_AT, is));
        filters.property("lifecyclestage", filter.lifecycleStage());
        filters.property("lead_status", filter.leadStatus());
        filters.property("country", filter.country());
        filters.property("industry", filter.industry());
        filters.property("city", filter.city());
        filters.property("state", filter.state());
        filters.anywhere(filter.jobTitle(), property("jobtitle"));
        filter.hasLinkedin().ifPresent(is -> filters.exists(property("linkedin"), is));
        filters.is(joins.company(), filter.companyId());
        filters.range(ColumnNames.CREATED_AT, filter.created());
        filters.anywhere(filter.search(),
                property("firstname"),
                property("lastname"),
                property("email"),
                property("company"),
                property("jobtitle"));
        return filters.build();
    }

    static Filter of(CompanyFilter filter) {
        Filters filters = new Filters();
        filters.property("industry", filter.industry());
        filters.property("country", filter.country());
        filters.anywhere(filter.search(),
                property("name"),
                property("domain"),
                property("industry"));
        return filters.build();
    }

    static Filter of(EventFilter filter, Joins joins) {
        Filters filters = new Filters();
        filter.eventType()
                .ifPresent(name -> filters.add(Filter.equal(ColumnNames.EVENT, Value.text(name))));
        filters.is(joins.owner(), filter.contactId());
        filter.domain()
                .ifPresent(
                        domain -> filters
                                .add(Filter.equalIgnoringCase(ColumnNames.DOMAIN, domain)));
        filters.anywhere(filter.urlContains(), ColumnNames.URL);
        filters.range(ColumnNames.TIMESTAMP, filter.range());
        if (filter.identifiedOnly()) {
            filters.add(new Filter.Exists(joins.owner()));
        }
        filter.bot()
                .ifPresent(
                        bot -> filters.add(Filter.equal(ColumnNames.IS_BOT, Value.bool(bot))));
        filters.anywhere(filter.search(), ColumnNames.EVENT, ColumnNames.URL, ColumnNames.DOMAIN);
        return filters.build();
    }

    static String property(String name) {
        return ColumnNames.PROPERTY + name;
    }

    /// From the first end inclusive to the second exclusive.
    static Optional<Filter> range(Operand operand, TimeRange range) {
        if (range.from().isEmpty() && range.to().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Filter.Range(operand, range.from().map(Value::time), true,
                        range.to().map(Value::time), false));
    }

    Filters add(Filter filter) {
        all.add(filter);
        return this;
    }

    void range(String field, TimeRange range) {
        range(Operand.field(field), range).ifPresent(all::add);
    }

    void is(Operand operand, Optional<String> id) {
        id.ifPresent(text -> add(new Filter.In(operand, Set.of(Value.text(text)), false)));
    }

    void exists(String field, boolean is) {
        add(is ? new Filter.Exists(Operand.field(field)) : Filter.missing(field));
    }

    Filter build() {
        return all.size() == 1 ? all.getFirst() : new Filter.All(all);
    }

    private void property(String name, Optional<String> text) {
        text.ifPresent(wanted -> add(Filter.equalIgnoringCase(property(name), wanted)));
    }

    private void anywhere(Optional<String> part, String... fields) {
        part.ifPresent(text -> {
            List<Filter> any = Arrays.stream(fields)
                    .<Filter>map(field -> new Filter.Contains(Operand.field(field), text))
                    .toList();
            add(any.size() == 1 ? any.getFirst() : new Filter.Any(any));
        });
    }
}
