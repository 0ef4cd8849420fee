package ai.pathbound.projector.answer;

import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.query.Filter;
import ai.pathbound.projector.columns.query.GroupQuery;
import ai.pathbound.projector.columns.query.GroupResult;
import ai.pathbound.projector.columns.query.Key;
import ai.pathbound.projector.columns.query.Metric;
import ai.pathbound.projector.columns.query.Operand;
import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.projector.tables.ColumnNames;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who was last active when: activity is no column of contacts and companies, but the newest of their
/// events. One pass over the events finds it, over the newer ones only where nothing but a beginning
/// is asked for.
final class Activity {
    private static final Operand TIME = Operand.field(ColumnNames.TIMESTAMP);

    private final SetQuery query;

    Activity(SetQuery query) {
        this.query = query;
    }

    /// The filter, narrowed to entities whose newest event lies in the range.
    ///
    /// @param whose the entity an event belongs to
    /// @param idColumn the entity's id in the table that is filtered
    Filter restrict(Filter filter, Operand whose, String idColumn, TimeRange range) {
        if (range.equals(TimeRange.ALL)) {
            return filter;
        }
        return new Filter.All(
                List.of(
                        filter,
                        new Filter.In(Operand.field(idColumn), lastActive(whose, range), false)));
    }

    private Set<Value> lastActive(Operand whose, TimeRange range) {
        // An event after the range's end speaks against its owner, so those must be seen too.
        Filter candidates = Filters
                .range(TIME, new TimeRange(range.from(), Optional.empty()))
                .orElse(Filter.EVERYTHING);
        GroupResult newest = query.group(
                query.tables().events(),
                new GroupQuery(
                        new Filter.All(List.of(candidates, new Filter.Exists(whose))),
                        List.of(new Key.Values(whose)),
                        List.of(new Metric.Max(TIME)),
                        // Any order will do; times are quicker to compare than ids.
                        List.of(new GroupQuery.Order.ByMetric(0, true)),
                        Integer.MAX_VALUE));
        Set<Value> owners = new HashSet<>();
        for (GroupResult.Group group : newest.groups()) {
            if (group.metrics().getFirst().orElse(null) instanceof Value.Time at
                    && endsBefore(range, at.instant())) {
                group.key().getFirst().ifPresent(owners::add);
            }
        }
        return owners;
    }

    private static boolean endsBefore(TimeRange range, Instant newest) {
        return range.to().map(newest::isBefore).orElse(true);
    }
}
