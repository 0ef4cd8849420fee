package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.block.CodeBlock;
import java.util.Arrays;

/// Maps the codes of one dictionary to those of another, as from contact to company. Compared by
/// identity: answers remembered for one map are not used for another.
public final class CodeMap {
    private final int[] codes;
    private final Dictionary target;

    /// Takes ownership of `codes`; codes beyond its end, and code 0, map to 0.
    public CodeMap(int[] codes, Dictionary target) {
        this.codes = codes;
        this.target = target;
    }

    /// From the texts of one column to those of another in the same row, as from contact id to
    /// industry; every key maps to nothing if the second holds no texts. Each live row must have a key
    /// of its own. One pass over both columns.
    static CodeMap between(TableView table, String key, String value) {
        ColumnId keys = new ColumnId(key, Kind.TEXT);
        ColumnId values = new ColumnId(value, Kind.TEXT);
        Dictionary from = table.dictionary(keys);
        Dictionary to = table.dictionary(values);
        if (from == null || to == null) {
            return new CodeMap(new int[0], new Dictionary());
        }
        int[] codes = new int[from.size() + 1];
        for (Part part : table.parts()) {
            if (part.block(keys) instanceof CodeBlock named
                    && part.block(values) instanceof CodeBlock valued) {
                for (int row = 0; row < part.rows(); row++) {
                    if (!part.dead().isDead(row)) {
                        int code = named.code(row);
                        codes = code < codes.length ? codes : Arrays.copyOf(codes, 2 * code);
                        codes[code] = valued.code(row);
                    }
                }
            }
        }
        return new CodeMap(codes, to);
    }

    int map(int code) {
        return code > 0 && code < codes.length ? codes[code] : 0;
    }

    Dictionary target() {
        return target;
    }
}
