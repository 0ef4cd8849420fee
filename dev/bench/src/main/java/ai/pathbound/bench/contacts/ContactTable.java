package ai.pathbound.bench.contacts;

import ai.pathbound.projector.columns.Table;
import ai.pathbound.projector.columns.TableSettings;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.tables.ColumnNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Contacts as the read model's column table has them.
final class ContactTable {
    private final Table table = new Table(TableSettings.sharing(Map.of()));
    /// The row of each contact, in the order they were added.
    private final List<Long> rows = new ArrayList<>();

    static String property(String name) {
        return ColumnNames.PROPERTY + name;
    }

    void add(Person person) {
        rows.add(append(person));
    }

    /// Puts a contact's new state in the place of the old one.
    ///
    /// @param index counts the contacts as they were added
    void change(int index, Person person) {
        table.kill(rows.get(index));
        rows.set(index, append(person));
    }

    private long append(Person person) {
        Map<String, Value> cells = new HashMap<>();
        cells.put(ColumnNames.CONTACT_ID, Value.text(person.id()));
        cells.put(property("firstname"), Value.text(person.firstName()));
        cells.put(property("lastname"), Value.text(person.lastName()));
        cells.put(property("email"), Value.text(person.email()));
        cells.put(property("company"), Value.text(person.company()));
        cells.put(property("jobtitle"), Value.text(person.jobTitle()));
        cells.put(property("country"), Value.text(person.country()));
        cells.put(property("industry"), Value.text(person.industry()));
        cells.put(property("lifecyclestage"), Value.text(person.stage()));
        cells.put(ColumnNames.CREATED_AT, new Value.Time(person.createdMillis()));
        return table.append(cells);
    }

    TableView view() {
        table.publish();
        return table.view();
    }

    /// Sorts the texts lists are sorted by, as a node does when it fills a tenant's tables.
    void sortTexts() {
        TableView view = view();
        for (String name : List.of("email", "lastname")) {
            view.sortTexts(property(name));
        }
    }
}
