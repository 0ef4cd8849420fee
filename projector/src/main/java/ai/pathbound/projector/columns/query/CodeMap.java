package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.block.CodeBlock;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Maps the codes of one dictionary to those of another, as from contact to company. Each map has a
/// name of its own and is compared by it: answers remembered for one are not used for another.
///
/// What the local codes of a block become is kept for as long as the block: the codes of a part lie all
/// over the map, so that finding them again would cost more than reading the part.
public final class CodeMap {
    /// About what a tenant of ten million events needs.
    private static final long KEPT_BYTES_MAX = 16L << 20;

    private static final int[] NO_CODES = {};
    private static final Dictionary NO_TEXTS = new Dictionary();
    /// An empty map keeps nothing: making a cache for each would cost every question that names one.
    private static final Cache<CodeBlock, int[]> NOTHING_KEPT = keepingUpTo(0);
    private static final AtomicLong LAST_NAME = new AtomicLong();

    private final long name;
    private final int[] codes;
    private final Dictionary target;
    private final Cache<CodeBlock, int[]> kept;

    /// Takes ownership of `codes`; codes beyond its end, and code 0, map to 0.
    public CodeMap(int[] codes, Dictionary target) {
        this(LAST_NAME.incrementAndGet(), codes, target, keepingUpTo(KEPT_BYTES_MAX));
    }

    private CodeMap(long name, int[] codes, Dictionary target, Cache<CodeBlock, int[]> kept) {
        this.name = name;
        this.codes = codes;
        this.target = target;
        this.kept = kept;
    }

    private static Cache<CodeBlock, int[]> keepingUpTo(long bytes) {
        return Caffeine.newBuilder()
                .weakKeys()
                .maximumWeight(bytes)
                .weigher((CodeBlock _, int[] locals) -> 64 + Integer.BYTES * locals.length)
                .build();
    }

    /// The same name without a content. What is remembered under it must not keep an old map of
    /// megabytes alive.
    CodeMap emptied() {
        return new CodeMap(name, NO_CODES, NO_TEXTS, NOTHING_KEPT);
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

    /// What each local code of a block becomes; nobody may change the array.
    int[] locals(CodeBlock block) {
        return kept.get(block, of -> {
            int[] to = new int[of.localCount()];
            for (int local = 1; local < to.length; local++) {
                to[local] = map(of.global(local));
            }
            return to;
        });
    }

    Dictionary target() {
        return target;
    }
}
