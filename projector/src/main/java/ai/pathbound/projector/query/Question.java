package ai.pathbound.projector.query;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Every question the read model answers, one record each. A question is complete and checked: its
/// values are in range, its texts trimmed; only ids and cursors may still turn out unknown.
public sealed interface Question {
    /// Questions about entities that are named.
    sealed interface OfOne extends Question {}

    /// Questions whose answer is one page of a list.
    sealed interface Paged extends Question {
        Page page();

        /// The same question for another page.
        Question withPage(Page page);
    }

    /// Questions about all entities that pass a filter.
    sealed interface OfSet extends Question {}

    /// One contact with its company, at most 20 newest events and its notes.
    record GetContact(String contactId) implements OfOne {}

    /// What happened with a contact, newest first, all sources mixed.
    record ContactTimeline(String contactId, TimeRange range, int limit, Optional<String> cursor)
            implements
                OfOne {}

    /// E-mail threads and chats of a contact, the one with the newest message first.
    record ContactConversations(String contactId,
            boolean messages,
            Page page) implements OfOne, Paged {
        @Override
        public Question withPage(Page page) {
            return new ContactConversations(contactId, messages, page);
        }
    }

    /// E-mail threads of a contact in brief, in the same order.
    record ContactEmailThreads(String contactId, Page page) implements OfOne, Paged {
        @Override
        public Question withPage(Page page) {
            return new ContactEmailThreads(contactId, page);
        }
    }

    /// Notes on a contact, newest first.
    record ContactNotes(String contactId, Page page) implements OfOne, Paged {
        @Override
        public Question withPage(Page page) {
            return new ContactNotes(contactId, page);
        }
    }

    /// Notes on a company, newest first.
    record CompanyNotes(String companyId, Page page) implements OfOne, Paged {
        @Override
        public Question withPage(Page page) {
            return new CompanyNotes(companyId, page);
        }
    }

    /// Contacts that pass a filter.
    record ListContacts(ContactFilter filter,
            ContactSort sort,
            Page page,
            boolean countOnly,
            boolean summary,
            boolean provenance) implements OfSet, Paged {
        @Override
        public Question withPage(Page page) {
            return new ListContacts(filter, sort, page, countOnly, summary, provenance);
        }
    }

    /// Companies that pass a filter.
    record ListCompanies(CompanyFilter filter,
            CompanySort sort,
            Page page,
            boolean countOnly,
            boolean summary,
            boolean provenance) implements OfSet, Paged {
        @Override
        public Question withPage(Page page) {
            return new ListCompanies(filter, sort, page, countOnly, summary, provenance);
        }
    }

    /// One company with at most 25 of its contacts.
    record GetCompany(String companyId) implements OfOne {}

    /// Events that pass a filter.
    record ListEvents(EventFilter filter,
            EventSort sort,
            Page page,
            boolean countOnly,
            boolean summary,
            boolean provenance) implements OfSet, Paged {
        @Override
        public Question withPage(Page page) {
            return new ListEvents(filter, sort, page, countOnly, summary, provenance);
        }
    }

    /// One event with its contact and company.
    record GetEvent(String eventId) implements OfOne {}

    /// How many entities there are and what they can be filtered, grouped and measured by, for each
    /// kind of entity.
    record Outline() implements OfSet {}

    /// The state of the tenant's data as an opaque text, `version`. As long as it stays the same, so
    /// does the answer to every question about these entities; a new text need not mean a new answer.
    ///
    /// @param others whether notes, conversations and messages count, too
    record Version(Set<Entity> entities, boolean others) implements OfSet {
        public Version {
            entities = Set.copyOf(entities);
        }
    }

    /// The distinct event names with count, first and last time seen.
    record EventTypes() implements OfSet {}

    /// Counts over events: totals, by name, busiest addresses, and a series over time.
    ///
    /// @param includeBots whether bots count in anything but their own number
    record EventStats(EventFilter filter,
            Optional<String> companyId,
            boolean includeBots,
            Optional<Interval> interval,
            ZoneId zone) implements OfSet {}

    /// Groups of entities with metrics.
    ///
    /// @param groupBy at most three fields, the interval's bucket among them
    /// @param interval groups by time too
    /// @param range of the entity's own time: an event's timestamp, else the time of creation
    /// @param sortBy a field of the grouping, `bucket`, or the name of a metric; empty for the default
    /// @param limit most groups in the answer; the others are summed up
    record Aggregate(Entity entity,
            List<String> groupBy,
            Optional<Interval> interval,
            ZoneId zone,
            List<MetricSpec> metrics,
            List<Condition> conditions,
            TimeRange range,
            Optional<String> sortBy,
            boolean descending,
            int limit) implements OfSet {
        public Aggregate {
            groupBy = List.copyOf(groupBy);
            metrics = List.copyOf(metrics);
            conditions = List.copyOf(conditions);
        }
    }

    /// What is aggregated.
    enum Entity {
        CONTACTS, COMPANIES, EVENTS
    }

    /// Width of time buckets; weeks begin on Monday.
    enum Interval {
        HOUR, DAY, WEEK, MONTH
    }

    /// A number per group.
    ///
    /// @param field what it is computed over; empty for a plain count
    record MetricSpec(MetricOp op, Optional<String> field) {
        /// Its name in answers, such as `count`, `amount_sum` or `contact_id_distinct`.
        public String name() {
            return field.map(f -> f + "_" + op.suffix()).orElse(op.suffix());
        }
    }

    /// How a metric is computed.
    enum MetricOp {
        COUNT("count"), COUNT_DISTINCT("distinct"), SUM("sum"), AVG("avg"), MIN("min"), MAX("max");

        private final String suffix;

        MetricOp(String suffix) {
            this.suffix = suffix;
        }

        String suffix() {
            return suffix;
        }
    }

    /// A condition of an aggregation.
    ///
    /// @param values texts, numbers (`Long`, `Double`) and booleans; none for [Operator#EXISTS] and
    ///     [Operator#MISSING]
    record Condition(String field, Operator operator, List<Object> values) {
        public Condition {
            values = List.copyOf(values);
        }
    }

    /// How a field is compared. Texts compare without regard to case, except event names and ids.
    enum Operator {
        EQ, NE, IN, NOT_IN, GT, GTE, LT, LTE, CONTAINS, EXISTS, MISSING
    }

    /// Several contacts or companies at once; ids that do not exist are named in `missing_ids`.
    record BatchDetails(BatchEntity entity, List<String> ids) implements OfOne {
        public BatchDetails {
            ids = List.copyOf(ids);
        }
    }

    /// The newest events of several contacts, with the total in the range for each.
    record BatchActivity(List<String> contactIds, int eventsLimit, TimeRange range)
            implements
                OfOne {
        public BatchActivity {
            contactIds = List.copyOf(contactIds);
        }
    }

    /// What a batch look-up is for.
    enum BatchEntity {
        CONTACTS, COMPANIES
    }

    /// A time range: `from` inclusive, `to` exclusive; an absent end is open.
    record TimeRange(Optional<Instant> from, Optional<Instant> to) {
        public static final TimeRange ALL = new TimeRange(Optional.empty(), Optional.empty());
    }

    /// A page of a list.
    ///
    /// @param number from 1
    /// @param limit items per page, 1 to 100
    record Page(int number, int limit) {
        public Page {
            if (number < 1 || limit < 1) {
                throw new IllegalArgumentException("page must be 1-based: " + number + "/" + limit);
            }
        }
    }

    /// Every condition of a contact list; absent ones do not restrict. Texts compare without regard
    /// to case; `jobTitle` and `search` match anywhere in the text, the others match whole values.
    ///
    /// @param active when the newest event was; a contact without events passes only an open range
    record ContactFilter(Optional<Boolean> enriched,
            Optional<String> lifecycleStage,
            Optional<String> leadStatus,
            Optional<String> country,
            Optional<String> industry,
            Optional<String> city,
            Optional<String> state,
            Optional<String> jobTitle,
            Optional<Boolean> hasLinkedin,
            Optional<String> companyId,
            TimeRange created,
            Optional<String> search,
            TimeRange active) {
        /// A filter that does not ask for activity.
        public ContactFilter(Optional<Boolean> enriched,
                Optional<String> lifecycleStage,
                Optional<String> leadStatus,
                Optional<String> country,
                Optional<String> industry,
                Optional<String> city,
                Optional<String> state,
                Optional<String> jobTitle,
                Optional<Boolean> hasLinkedin,
                Optional<String> companyId,
                TimeRange created,
                Optional<String> search) {
            this(enriched, lifecycleStage, leadStatus, country, industry, city, state, jobTitle,
                    hasLinkedin, companyId, created, search, TimeRange.ALL);
        }
    }

    /// Every condition of a company list; `search` matches anywhere in name, domain and industry.
    ///
    /// @param active when the newest event of any of its contacts was; a company without events
    ///     passes only an open range
    record CompanyFilter(Optional<String> industry,
            Optional<String> country,
            Optional<String> search,
            TimeRange active) {
        /// A filter that does not ask for activity.
        public CompanyFilter(Optional<String> industry,
                Optional<String> country,
                Optional<String> search) {
            this(industry, country, search, TimeRange.ALL);
        }
    }

    /// Every condition of an event list; absent ones do not restrict. `eventType` and `domain` match
    /// whole values, `domain` without regard to case; `urlContains` and `search` match anywhere,
    /// without regard to case.
    record EventFilter(Optional<String> eventType,
            Optional<String> contactId,
            Optional<String> domain,
            Optional<String> urlContains,
            TimeRange range,
            boolean identifiedOnly,
            Optional<Boolean> bot,
            Optional<String> search) {}

    /// Order of a contact list; contacts without the value come last, ties go by id.
    record ContactSort(ContactOrder by, boolean descending) {}

    /// Order of a company list; companies without the value come last, ties go by id.
    record CompanySort(CompanyOrder by, boolean descending) {}

    /// What companies can be sorted by.
    enum CompanyOrder {
        NAME, DOMAIN, INDUSTRY, CREATED_AT, LAST_ACTIVITY_AT
    }

    /// Order of an event list; ties go by id.
    record EventSort(EventOrder by, boolean descending) {}

    /// What contacts can be sorted by.
    enum ContactOrder {
        EMAIL, FIRSTNAME, LASTNAME, COMPANY, CREATEDATE
    }

    /// What events can be sorted by. `CREATED_AT` is the time the backend accepted the event.
    enum EventOrder {
        TIMESTAMP, EVENT, CREATED_AT
    }
}
