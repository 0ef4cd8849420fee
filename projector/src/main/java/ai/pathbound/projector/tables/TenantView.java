package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.TableView;

/// A tenant's tables at one moment.
///
/// @param filling names these tables; others made later of the same data have another name
/// @param otherChanges changes of entities without a table since the tables were made
public record TenantView(TableView contacts,
        TableView companies,
        TableView events,
        Joins joins,
        String filling,
        long otherChanges) {}
