package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.TableView;
import java.util.List;

/// A tenant's tables at one moment.
///
/// @param filling names these tables; others made later of the same data have another name
/// @param otherChanges changes of entities without a table since the tables were made
public record TenantView(TableView contacts,
        TableView companies,
        TableView events,
        Joins joins,
        String filling,
        long otherChanges) {
    /// Sorts the texts lists are sorted by, so that the first list finds them sorted.
    void sortTexts() {
        for (String name : List.of("email", "firstname", "lastname", "company")) {
            contacts.sortTexts(ColumnNames.PROPERTY + name);
        }
        for (String name : List.of("name", "domain", "industry")) {
            companies.sortTexts(ColumnNames.PROPERTY + name);
        }
    }
}
