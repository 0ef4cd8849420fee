package ai.pathbound.projector.answer;

import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.query.Deadline;
import ai.pathbound.projector.columns.query.Filter;
import ai.pathbound.projector.columns.query.GroupQuery;
import ai.pathbound.projector.columns.query.GroupResult;
import ai.pathbound.projector.columns.query.PageQuery;
import ai.pathbound.projector.columns.query.QueryEngine;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question.Page;
import ai.pathbound.projector.tables.TenantView;
import java.util.List;
import java.util.Optional;

/// One question about a set of entities: the tenant's tables, its documents, and the time it may take.
///
/// @param data documents of the rows found; read a moment after the tables
record SetQuery(QueryEngine engine,
        TenantView tables,
        TenantData data,
        Freshness freshness,
        Deadline deadline) {
    /// Ids of a page of rows and how many rows there are.
    record Ids(List<String> ids, long total) {}

    long count(TableView table, Filter filter) {
        return engine.count(table, filter, deadline);
    }

    GroupResult group(TableView table, GroupQuery query) {
        return engine.group(table, query, deadline);
    }

    /// @param idColumn column of the entity's id; the last thing rows are sorted by
    Ids page(TableView table,
            Filter filter,
            PageQuery.Sort sort,
            String idColumn,
            Page page) {
        int offset = Listing.offset(page);
        if (offset >= table.liveRows()) {
            return new Ids(List.of(), count(table, filter));
        }
        var result = engine.page(
                table,
                new PageQuery(filter,
                        List.of(sort, PageQuery.Sort.exactlyBy(idColumn, sort.descending())),
                        offset, page.limit()),
                deadline);
        List<String> ids = result.rows()
                .stream()
                .flatMap(row -> table.value(row, idColumn).stream())
                .flatMap(value -> text(value).stream())
                .toList();
        return new Ids(ids, result.total());
    }

    static Optional<String> text(Value value) {
        return value instanceof Value.Text(String text) ? Optional.of(text) : Optional.empty();
    }
}
