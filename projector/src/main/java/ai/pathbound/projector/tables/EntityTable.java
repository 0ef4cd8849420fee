package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Table;
import ai.pathbound.projector.columns.TableSettings;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// One kind of entity as a table: an entity is its newest row.
final class EntityTable {
    private final Table table;
    private final RowNumbersById rows;
    private boolean changed;

    /// @param idColumn column of the entity's id
    /// @param ids its dictionary
    /// @param shared dictionaries of other columns that other tables use too
    /// @param opener makes the table: empty, or as it was stored
    EntityTable(int rowsPerSegment,
            String idColumn,
            Dictionary ids,
            Map<String, Dictionary> shared,
            Function<TableSettings, Table> opener) {
        Map<String, Dictionary> dictionaries = new HashMap<>(shared);
        dictionaries.put(idColumn, ids);
        table = opener.apply(
                new TableSettings(rowsPerSegment, TableSettings.COLUMNS_MAX, dictionaries));
        rows = new RowNumbersById(ids);
        rows.putAll(table.view(), new ColumnId(idColumn, Kind.TEXT));
    }

    void put(String id, Map<String, Value> cells) {
        remove(id);
        rows.put(id, table.append(cells));
        changed = true;
    }

    void remove(String id) {
        long row = rows.find(id);
        if (row >= 0) {
            table.kill(row);
            rows.put(id, -1);
            changed = true;
        }
    }

    /// The row of an entity, or -1.
    long rowOf(String id) {
        return rows.find(id);
    }

    /// Everything up to now.
    TableView view() {
        if (changed) {
            table.publish();
            changed = false;
        }
        return table.view();
    }

    /// The dictionaries of its texts, shared ones too.
    Collection<Dictionary> dictionaries() {
        return table.view().dictionaries().values();
    }

    /// Memory of the rows, without dictionaries.
    long retainedBytes() {
        return table.view().retainedBytes() + rows.retainedBytes();
    }
}
