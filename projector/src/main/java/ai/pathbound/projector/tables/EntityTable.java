package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.Cells;
import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Lookahead;
import ai.pathbound.projector.columns.Table;
import ai.pathbound.projector.columns.TableSettings;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// One kind of entity as a table: an entity is its newest row.
final class EntityTable {
    private final Table table;
    private final RowNumbersById rows;
    private final TableCheckpoint checkpoint;
    private final Dictionary ids;
    /// How many ids came as new ones.
    private int fresh;
    private boolean changed;

    /// @param kind what the entities are
    /// @param ids dictionary of their ids
    /// @param shared dictionaries of other columns that other tables use too
    /// @param origin where the rows come from
    /// @throws DamagedTableException if what was stored cannot be used
    EntityTable(int rowsPerSegment,
            EntityKind kind,
            Dictionary ids,
            Map<String, Dictionary> shared,
            TableOrigin origin) {
        String idColumn = ColumnNames.idOf(kind);
        Map<String, Dictionary> dictionaries = new HashMap<>(shared);
        dictionaries.put(idColumn, ids);
        checkpoint = origin.checkpoint();
        this.ids = ids;
        rows = new RowNumbersById(ids);
        try {
            table = origin.opener()
                    .apply(
                            new TableSettings(rowsPerSegment, TableSettings.COLUMNS_MAX,
                                    dictionaries, KnownColumns.reserved(kind)));
            rows.putAll(table.view(), new ColumnId(idColumn, Kind.TEXT));
        } catch (DamagedException e) {
            throw new DamagedTableException(kind, e);
        }
    }

    /// Where the table is stored.
    TableCheckpoint checkpoint() {
        return checkpoint;
    }

    /// Looks up cells of rows ahead of the thread that puts them.
    Lookahead lookahead() {
        return table.lookahead();
    }

    void put(String id, Cells cells) {
        int code = vacated(id);
        rows.put(code, table.append(cells));
        changed = true;
    }

    void put(String id, Lookahead.Row row) {
        int code = vacated(id);
        rows.put(code, table.append(row));
        changed = true;
    }

    /// The code of an id whose old row, if there is one, is dead now.
    private int vacated(String id) {
        int code = rows.codeOf(id);
        long old = rows.at(code);
        if (old >= 0) {
            table.kill(old);
        }
        return code;
    }

    /// Puts an entity of which there is no row. While all ids came this way, none is looked up.
    void putNew(String id, Lookahead.Row row) {
        if (fresh < ids.size()) {
            put(id, row);
            return;
        }
        int code = ids.addNew(id);
        rows.put(code, table.append(row));
        fresh++;
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
