package ai.pathbound.projector.answer;

import ai.pathbound.projector.answer.Timeline.Wanted;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.query.Filter;
import ai.pathbound.projector.columns.query.GroupQuery;
import ai.pathbound.projector.columns.query.GroupResult;
import ai.pathbound.projector.columns.query.Key;
import ai.pathbound.projector.columns.query.Latest;
import ai.pathbound.projector.columns.query.Metric;
import ai.pathbound.projector.columns.query.Operand;
import ai.pathbound.projector.columns.query.PageQuery.Sort;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.CompanyOrder;
import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.projector.state.Change;
import ai.pathbound.projector.tables.ColumnNames;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Filtered, sorted, paged lists: the column tables find the rows, documents fill the page.
final class Lists {
    private final SetQuery query;

    Lists(SetQuery query) {
        this.query = query;
    }

    Answer contacts(Question.ListContacts question) {
        TableView table = query.tables().contacts();
        Filter filter = new Activity(query).restrict(
                Filters.of(question.filter(), query.tables().joins()),
                query.tables().joins().owner(),
                ColumnNames.CONTACT_ID,
                question.filter().active());
        if (question.countOnly()) {
            return Listing.count(query.count(table, filter), query.freshness());
        }
        String field = switch (question.sort().by()) {
            case CREATEDATE -> ColumnNames.CREATED_AT;
            case EMAIL, FIRSTNAME, LASTNAME, COMPANY -> Filters
                    .property(question.sort().by().name().toLowerCase(Locale.ROOT));
        };
        SetQuery.Ids found = query.page(
                table,
                filter,
                Sort.by(field, question.sort().descending()),
                ColumnNames.CONTACT_ID,
                question.page());
        return Listing.page(
                "contacts",
                documents(EntityKind.CONTACT, found.ids()),
                found.total(),
                question.page(),
                query.freshness(),
                (json, change) -> {
                    Views views = new Views(json, query.data());
                    if (question.summary()) {
                        views.contactSummary(change, lastActivity(change));
                    } else {
                        views.contact(change, question.provenance());
                    }
                });
    }

    private Optional<Instant> lastActivity(Change change) {
        return Timeline
                .of(
                        query.data(),
                        change.entityId(),
                        (Contact) change.body(),
                        new Wanted(TimeRange.ALL, Optional.empty(), 1, true, false))
                .entries()
                .stream()
                .map(Timeline.Entry::at)
                .findFirst();
    }

    Answer events(Question.ListEvents question) {
        TableView table = query.tables().events();
        Filter filter = Filters.of(question.filter(), query.tables().joins());
        if (question.countOnly()) {
            return Listing.count(query.count(table, filter), query.freshness());
        }
        String field = switch (question.sort().by()) {
            case TIMESTAMP -> ColumnNames.TIMESTAMP;
            case EVENT -> ColumnNames.EVENT;
            case CREATED_AT -> ColumnNames.ACCEPTED_AT;
        };
        SetQuery.Ids found = query.page(
                table,
                filter,
                Sort.by(field, question.sort().descending()),
                ColumnNames.EVENT_ID,
                question.page());
        return Listing.page(
                "events",
                documents(EntityKind.EVENT, found.ids()),
                found.total(),
                question.page(),
                query.freshness(),
                (json, change) -> {
                    Views views = new Views(json, query.data());
                    Optional<String> owner = query.data().owner((Event) change.body());
                    if (question.summary()) {
                        views.eventSummary(change, owner);
                    } else {
                        views.event(change, owner, question.provenance());
                    }
                });
    }

    Answer companies(Question.ListCompanies question) {
        TableView table = query.tables().companies();
        Filter filter = new Activity(query).restrict(
                Filters.of(question.filter()),
                query.tables().joins().ownersCompany(),
                ColumnNames.COMPANY_ID,
                question.filter().active());
        if (question.countOnly()) {
            return Listing.count(query.count(table, filter), query.freshness());
        }
        SetQuery.Ids found = question.sort().by() == CompanyOrder.LAST_ACTIVITY_AT
                ? byActivity(question, filter)
                : query.page(
                        table,
                        filter,
                        Sort.by(field(question.sort().by()), question.sort().descending()),
                        ColumnNames.COMPANY_ID,
                        question.page());
        Map<String, Instant> activity = question.summary() ? activity(found.ids()) : Map.of();
        return Listing.page(
                "companies",
                documents(EntityKind.COMPANY, found.ids()),
                found.total(),
                question.page(),
                query.freshness(),
                (json, change) -> {
                    Views views = new Views(json, query.data());
                    if (question.summary()) {
                        views.companySummary(
                                change,
                                Optional.ofNullable(activity.get(change.entityId())));
                    } else {
                        views.company(change, question.provenance());
                    }
                });
    }

    private static String field(CompanyOrder order) {
        return switch (order) {
            case CREATED_AT -> ColumnNames.CREATED_AT;
            case NAME, DOMAIN, INDUSTRY -> Filters.property(order.name().toLowerCase(Locale.ROOT));
            case LAST_ACTIVITY_AT -> throw new IllegalArgumentException("not a column: " + order);
        };
    }

    /// Sorted by what the events say, which is no column of companies.
    private SetQuery.Ids byActivity(Question.ListCompanies question, Filter filter) {
        Operand company = query.tables().joins().ownersCompany();
        Latest activity = query.engine()
                .latest(
                        query.tables().events(),
                        new Filter.Exists(company),
                        company,
                        ColumnNames.TIMESTAMP,
                        query.deadline());
        Latest.Ranked found = query.engine()
                .ranked(
                        query.tables().companies(),
                        filter,
                        ColumnNames.COMPANY_ID,
                        activity,
                        question.sort().descending(),
                        Listing.offset(question.page()),
                        question.page().limit(),
                        query.deadline());
        return new SetQuery.Ids(found.texts(), found.total());
    }

    /// The newest event of any contact of each company.
    private Map<String, Instant> activity(List<String> companies) {
        if (companies.isEmpty()) {
            return Map.of();
        }
        Operand company = query.tables().joins().ownersCompany();
        Set<Value> wanted = companies.stream().map(Value::text).collect(Collectors.toSet());
        GroupResult result = query.group(
                query.tables().events(),
                new GroupQuery(new Filter.In(company, wanted, false),
                        List.of(new Key.Values(company)),
                        List.of(new Metric.Max(Operand.field(ColumnNames.TIMESTAMP))), List.of(),
                        Integer.MAX_VALUE));
        Map<String, Instant> newest = new HashMap<>();
        for (GroupResult.Group group : result.groups()) {
            if (group.key().getFirst().orElse(null) instanceof Value.Text(String id)
                    && group.metrics().getFirst().orElse(null) instanceof Value.Time at) {
                newest.put(id, at.instant());
            }
        }
        return newest;
    }

    private List<Change> documents(EntityKind kind, List<String> ids) {
        return query.data().findAll(kind, ids);
    }
}
