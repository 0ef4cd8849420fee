package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.block.CodeBlock;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Maps the codes of one dictionary to those of another, as from contact to company. Each map has a
/// name of its own and is compared by it: answers remembered for one are not used for another.
public final class CodeMap {
    private static final int[] NO_CODES = {};
    private static final Dictionary NO_TEXTS = new Dictionary();
    private static final AtomicLong LAST_NAME = new AtomicLong();

    private final long name;
    private final int[] codes;
    private final Dictionary target;

    /// Takes ownership of `codes`; codes beyond its end, and code 0, map to 0.
    public CodeMap(int[] codes, Dictionary target) {
        this(newName(), codes, target);
    }

    private CodeMap(long name, int[] codes, Dictionary target) {
        this.name = name;
        this.codes = codes;
        this.target = target;
    }

    static long newName() {
        return LAST_NAME.incrementAndGet();
    }

    /// A map that maps as all others of this name.
    static CodeMap named(long name, int[] codes, Dictionary target) {
        return new CodeMap(name, codes, target);
    }

    /// The same name without a content. What is remembered under it must not keep an old map of
    /// megabytes alive.
    CodeMap emptied() {
        return new CodeMap(name, NO_CODES, NO_TEXTS);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CodeMap map && map.name == name;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(name);
    }

    /// From the texts of one column to those of another in the same row, as from contact id to
    /// industry; every key maps to nothing if the second holds no texts. Each live row must have a key
    /// of its own. One pass over both columns.
    static int[] codes(TableView table, String key, String value) {
        ColumnId keys = new ColumnId(key, Kind.TEXT);
        ColumnId values = new ColumnId(value, Kind.TEXT);
        Dictionary from = table.dictionary(keys);
        if (from == null || table.dictionary(values) == null) {
            return NO_CODES;
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
        return codes;
    }

    int map(int code) {
        return code > 0 && code < codes.length ? codes[code] : 0;
    }

    private record Locals(long map, long block) implements QueryCache.Key<int[]> {
        @Override
        public QueryCache.Area area() {
            return QueryCache.Area.MAPPED_CODES;
        }
    }

    /// What each local code of a block becomes; do not change the array. It is kept: the codes of a part
    /// lie all over the map, so that finding them again would cost more than reading the part.
    int[] locals(CodeBlock block, QueryCache cache) {
        Locals key = new Locals(name, block.id());
        return cache.find(key).orElseGet(() -> {
            int[] to = new int[block.localCount()];
            for (int local = 1; local < to.length; local++) {
                to[local] = map(block.global(local));
            }
            cache.keep(key, to, 4L * to.length);
            return to;
        });
    }

    Dictionary target() {
        return target;
    }
}
