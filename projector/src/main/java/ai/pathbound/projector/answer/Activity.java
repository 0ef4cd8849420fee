package ai.pathbound.projector.answer;

import ai.pathbound.projector.columns.query.CodeSet;
import ai.pathbound.projector.columns.query.Filter;
import ai.pathbound.projector.columns.query.Operand;
import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.projector.tables.ColumnNames;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
        // An event after the range's end speaks against its owner, so those must be seen too.
        Filter candidates = Filters
                .range(TIME, new TimeRange(range.from(), Optional.empty()))
                .orElse(Filter.EVERYTHING);
        CodeSet owners = query.engine()
                .latestBefore(
                        query.tables().events(),
                        new Filter.All(List.of(candidates, new Filter.Exists(whose))),
                        whose,
                        ColumnNames.TIMESTAMP,
                        range.to().map(Activity::firstMillisNotBefore).orElse(Long.MAX_VALUE),
                        query.deadline());
        return new Filter.All(
                List.of(filter, new Filter.InCodes(Operand.field(idColumn), owners)));
    }

    /// Times of events are whole milliseconds.
    private static long firstMillisNotBefore(Instant end) {
        long millis = end.toEpochMilli();
        return end.isAfter(Instant.ofEpochMilli(millis)) ? millis + 1 : millis;
    }
}
