package ai.pathbound.bench.events;

import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.query.Deadline;
import ai.pathbound.projector.columns.query.Filter;
import ai.pathbound.projector.columns.query.GroupQuery;
import ai.pathbound.projector.columns.query.QueryEngine;
import java.util.List;

/// One question in both languages. Ours also returns totals and the sum of the groups beyond the
/// limit; the SQL asks for the groups only.
record Shape(String name, Ask ask, String sql) {
    sealed interface Ask {
        record Grouped(GroupQuery query) implements Ask {}

        record Counted(Filter filter) implements Ask {}
    }

    Object answer(QueryEngine engine, TableView view) {
        return switch (ask) {
            case Ask.Grouped(GroupQuery query) -> engine.group(view, query, Deadline.none());
            case Ask.Counted(Filter filter) -> engine.count(view, filter, Deadline.none());
        };
    }

    List<List<String>> rows(QueryEngine engine, TableView view) {
        return switch (ask) {
            case Ask.Grouped(GroupQuery query) ->
                Answers.rows(engine.group(view, query, Deadline.none()));
            case Ask.Counted(Filter filter) ->
                List.of(List.of(Long.toString(engine.count(view, filter, Deadline.none()))));
        };
    }
}
