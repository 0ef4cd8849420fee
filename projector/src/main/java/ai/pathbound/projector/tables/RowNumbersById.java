package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.Dictionary;
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
        int code = ids.add(id);
        if (code >= rows.length) {
            int old = rows.length;
            rows = Arrays.copyOf(rows, Math.max(64, code * 2));
            Arrays.fill(rows, old, rows.length, NONE);
        }
        rows[code] = row;
    }
}
