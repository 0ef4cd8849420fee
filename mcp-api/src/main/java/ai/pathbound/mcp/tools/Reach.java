package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.projector.query.JoinedField;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.Condition;
import ai.pathbound.projector.query.Question.Entity;
import ai.pathbound.projector.query.Question.MetricSpec;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which scopes a parsed question needs: the read scope of each entity that it selects, groups,
/// measures, filters or sorts by. A filter counts as much as a group, since its count tells the value.
///
/// What the hosted API shows as part of an entity (the names of contact and company beside an event,
/// the company of a contact, some contacts of a company) comes with that entity's own scope.
public final class Reach {
    private Reach() {}

    static Set<String> scopes(Question question) {
        return switch (question) {
            case Question.GetContact _,Question.ContactTimeline _,Question.ContactConversations _,Question.ContactEmailThreads _,Question.ContactNotes _,Question.ListContacts _,Question.BatchActivity _ ->
                Set.of(ContactTools.READ);
            // The hosted API has one scope for both kinds of look-ups by id.
            case Question.BatchDetails _ -> Set.of(ContactTools.READ);
            case Question.GetCompany _,Question.CompanyNotes _,Question.ListCompanies _ ->
                Set.of(CompanyTools.READ);
            case Question.GetEvent _,Question.ListEvents _,Question.EventTypes _,Question.EventStats _ ->
                Set.of(EventTools.READ);
            case Question.Aggregate aggregate -> scopes(aggregate);
            // About all kinds at once; no tool asks these for a caller.
            case Question.Outline _,Question.Version _ ->
                Set.of(ContactTools.READ, CompanyTools.READ, EventTools.READ);
        };
    }

    private static Set<String> scopes(Question.Aggregate aggregate) {
        Entity rows = aggregate.entity();
        Set<Entity> touched = EnumSet.of(rows);
        aggregate.groupBy().forEach(field -> touch(touched, rows, field));
        aggregate.metrics()
                .stream()
                .map(MetricSpec::field)
                .flatMap(Optional::stream)
                .forEach(field -> touch(touched, rows, field));
        aggregate.conditions()
                .stream()
                .map(Condition::field)
                .forEach(field -> touch(touched, rows, field));
        aggregate.sortBy().ifPresent(field -> touch(touched, rows, field));
        Set<String> scopes = new TreeSet<>();
        touched.forEach(entity -> scopes.add(scope(entity)));
        return scopes;
    }

    /// Whether the caller may ask for a field of these rows.
    public static boolean covers(Caller caller, Entity rows, String field) {
        Set<Entity> touched = EnumSet.of(rows);
        touch(touched, rows, field);
        return touched.stream().allMatch(entity -> caller.has(scope(entity)));
    }

    /// The scope that opens the entities of a kind.
    public static String scope(Entity entity) {
        return entity.name().toLowerCase(Locale.ROOT) + ":read";
    }

    private static void touch(Set<Entity> touched, Entity rows, String field) {
        JoinedField.of(rows, field).ifPresent(joined -> {
            touched.add(joined.entity());
            touch(touched, joined.entity(), joined.name());
        });
    }
}
