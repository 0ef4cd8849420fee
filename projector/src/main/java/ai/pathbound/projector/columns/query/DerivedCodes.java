package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.block.CodeBlock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The codes of a derived operand in one part, for the rows that are asked for only. Each distinct code
/// of the columns it comes from is mapped once; a row costs a look at the result.
final class DerivedCodes {
    private final Mapping first;
    private final Mapping deciding;

    /// @param deciding where this column has a value, it decides alone
    private DerivedCodes(Mapping first, Mapping deciding) {
        this.first = first;
        this.deciding = deciding;
    }

    /// What the local codes of a block become; no block if no row of the part has a value.
    private static final class Mapping {
        private final @Nullable CodeBlock block;
        private final int[] to;

        private Mapping(@Nullable CodeBlock block, int[] to) {
            this.block = block;
            this.to = to;
        }

        private void locals(CodeBlock of, int[] rows, int count, boolean isRun, int[] out) {
            if (isRun) {
                of.locals().read(rows[0], count, out);
            } else {
                of.locals().gather(rows, count, out);
            }
        }

        private Mapping through(CodeMap map) {
            int[] mapped = new int[to.length];
            for (int local = 0; local < to.length; local++) {
                mapped[local] = map.map(to[local]);
            }
            return new Mapping(block, mapped);
        }

        private boolean hasOne(CodeSet accepted) {
            for (int code : to) {
                if (code != 0 && accepted.contains(code)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final Mapping NOTHING = new Mapping(null, new int[0]);

    static DerivedCodes mapped(@Nullable CodeBlock block, CodeMap map, QueryCache cache) {
        return new DerivedCodes(claimed(block, map, cache), NOTHING);
    }

    static DerivedCodes owners(@Nullable CodeBlock contacts,
            CodeSet live,
            @Nullable CodeBlock visitors,
            CodeMap claims,
            QueryCache cache) {
        if (contacts == null) {
            return new DerivedCodes(claimed(visitors, claims, cache), NOTHING);
        }
        int[] named = new int[contacts.localCount()];
        for (int local = 1; local < named.length; local++) {
            int code = contacts.global(local);
            named[local] = live.contains(code) ? code : 0;
        }
        return new DerivedCodes(claimed(visitors, claims, cache), new Mapping(contacts, named));
    }

    private static Mapping claimed(@Nullable CodeBlock block, CodeMap map, QueryCache cache) {
        if (block == null) {
            return NOTHING;
        }
        return new Mapping(block, map.locals(block, cache));
    }

    DerivedCodes through(CodeMap map) {
        return new DerivedCodes(first.through(map), deciding.through(map));
    }

    /// The codes of chosen rows; `rows` is a run from `rows[0]` if `isRun`.
    void read(int[] rows, int count, boolean isRun, int[] out, int[] scratch) {
        if (first.block == null) {
            Arrays.fill(out, 0, count, 0);
        } else {
            first.locals(first.block, rows, count, isRun, out);
            int[] to = first.to;
            for (int i = 0; i < count; i++) {
                out[i] = to[out[i]];
            }
        }
        if (deciding.block != null) {
            deciding.locals(deciding.block, rows, count, isRun, scratch);
            int[] to = deciding.to;
            for (int i = 0; i < count; i++) {
                int local = scratch[i];
                // All ones where the column has a value: which rows have one is no pattern to predict.
                int decides = -local >> 31;
                out[i] = (to[local] & decides) | (out[i] & ~decides);
            }
        }
    }

    /// Whether a row of the part may have an accepted code.
    boolean hasOne(CodeSet accepted) {
        return first.hasOne(accepted) || deciding.hasOne(accepted);
    }
}
