package ai.pathbound.projector.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Every question the read model answers, one record each. A question is complete and checked: its
/// values are in range, its texts trimmed; only ids and cursors may still turn out unknown.
public sealed interface Question {
    /// One contact with its company, at most 20 newest events and its notes.
    record GetContact(String contactId) implements Question {}

    /// What happened with a contact, newest first, all sources mixed.
    record ContactTimeline(String contactId, TimeRange range, int limit, Optional<String> cursor)
            implements
                Question {}

    /// E-mail threads and chats of a contact, the one with the newest message first.
    record ContactConversations(String contactId, boolean messages, Page page)
            implements
                Question {}

    /// E-mail threads of a contact in brief, in the same order.
    record ContactEmailThreads(String contactId, Page page) implements Question {}

    /// Notes on a contact, newest first.
    record ContactNotes(String contactId, Page page) implements Question {}

    /// Notes on a company, newest first.
    record CompanyNotes(String companyId, Page page) implements Question {}

    /// Contacts that pass a filter.
    record ListContacts(ContactFilter filter,
            ContactSort sort,
            Page page,
            boolean countOnly,
            boolean summary,
            boolean provenance) implements Question {}

    /// One company with at most 25 of its contacts.
    record GetCompany(String companyId) implements Question {}

    /// Events that pass a filter.
    record ListEvents(EventFilter filter,
            EventSort sort,
            Page page,
            boolean countOnly,
            boolean summary,
            boolean provenance) implements Question {}

    /// One event with its contact and company.
    record GetEvent(String eventId) implements Question {}

    /// The distinct event names with count, first and last time seen.
    record EventTypes() implements Question {}

    /// Several contacts or companies at once; ids that do not exist are named in `missing_ids`.
    record BatchDetails(BatchEntity entity, List<String> ids) implements Question {
        public BatchDetails {
            ids = List.copyOf(ids);
        }
    }

    /// The newest events of several contacts, with the total in the range for each.
    record BatchActivity(List<String> contactIds, int eventsLimit, TimeRange range)
            implements
                Question {
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
            Optional<String> search) {}

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
