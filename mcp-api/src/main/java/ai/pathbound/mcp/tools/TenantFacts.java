package ai.pathbound.mcp.tools;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.Condition;
import ai.pathbound.projector.query.Question.ContactFilter;
import ai.pathbound.projector.query.Question.ContactOrder;
import ai.pathbound.projector.query.Question.ContactSort;
import ai.pathbound.projector.query.Question.Entity;
import ai.pathbound.projector.query.Question.MetricOp;
import ai.pathbound.projector.query.Question.MetricSpec;
import ai.pathbound.projector.query.Question.Operator;
import ai.pathbound.projector.query.Question.Page;
import ai.pathbound.projector.query.Question.TimeRange;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// What a tenant's data consists of, for those who help to ask about it. Callers see to the scopes.
@Component
public final class TenantFacts {
    private static final int VALUES_MAX = 1000;
    private static final int PEOPLE_MAX = 100;
    private final Reader reader;

    TenantFacts(Reader reader) {
        this.reader = reader;
    }

    /// Numbers and fields of each kind of entity.
    public Mono<Answer> outline(String tenant) {
        return reader.whole(tenant, new Question.Outline());
    }

    /// The event names.
    public Mono<Answer> eventTypes(String tenant) {
        return reader.whole(tenant, new Question.EventTypes());
    }

    /// The values of a field as groups, the most frequent first.
    ///
    /// @param part only values with this in them; empty for all
    public Mono<Answer> values(String tenant, Entity entity, String field, String part) {
        return reader.whole(
                tenant,
                new Question.Aggregate(entity, List.of(field), Optional.empty(), ZoneOffset.UTC,
                        List.of(new MetricSpec(MetricOp.COUNT, Optional.empty())),
                        part.isEmpty()
                                ? List.of()
                                : List.of(
                                        new Condition(field, Operator.CONTAINS, List.of(part))),
                        TimeRange.ALL, Optional.empty(), true, VALUES_MAX));
    }

    /// Contacts with this in name, e-mail, company or job title; the newest, for an empty text.
    public Mono<Answer> people(String tenant, String search) {
        return reader.whole(
                tenant,
                new Question.ListContacts(
                        new ContactFilter(Optional.empty(), Optional.empty(), Optional.empty(),
                                Optional.empty(), Optional.empty(), Optional.empty(),
                                Optional.empty(), Optional.empty(), Optional.empty(),
                                Optional.empty(), TimeRange.ALL,
                                Optional.of(search).filter(text -> !text.isEmpty())),
                        new ContactSort(ContactOrder.CREATEDATE, true), new Page(1, PEOPLE_MAX),
                        false, true, false));
    }
}
