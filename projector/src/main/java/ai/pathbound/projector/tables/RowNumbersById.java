package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.block.CodeBlock;
import java.util.Arrays;

/// Which live row holds an entity, by the code of its id.
final class RowNumbersById {
    private static final long NONE = -1;

    private final Dictionary ids;
    private long[] rows = new long[0];

    RowNumbersById(Dictionary ids) {
        this.ids = ids;
    }

    /// The row of the id, or -1.
    long find(String id) {
        int code = ids.find(id);
        return code == 0 || code >= rows.length ? NONE : rows[code];
    }

    void put(String id, long row) {
        put(ids.add(id), row);
    }

    /// The live rows of a table opened from storage.
    ///
    /// @throws DamagedException if a row has no id, or two rows have the same
    void putAll(TableView view, ColumnId idColumn) {
        for (Part part : view.parts()) {
            if (!(part.block(idColumn) instanceof CodeBlock codes)) {
                throw new DamagedException("rows without " + idColumn);
            }
            for (int i = 0; i < part.rows(); i++) {
                if (!part.dead().isDead(i)) {
                    int code = codes.code(i);
                    if (code == 0 || (code < rows.length && rows[code] != NONE)) {
                        throw new DamagedException("row " + part.rowNumber(i) + " has the id code "
                                + code + ", none or not its own");
                    }
                    put(code, part.rowNumber(i));
                }
            }
        }
    }

    private void put(int code, long row) {
        if (code >= rows.length) {
            int old = rows.length;
            rows = Arrays.copyOf(rows, Math.max(64, code * 2));
            Arrays.fill(rows, old, rows.length, NONE);
        }
        rows[code] = row;
    }
}
