package ai.pathbound.projector.columns.block;

import java.util.Arrays;

/// Dictionary codes of one segment. Rows hold local codes; a sorted local dictionary maps them to the
/// codes of the table, so that a column of a million distinct texts still takes one or two bytes a row
/// and a group-by counts into a small array. Local code 0 is a missing value.
public final class CodeBlock implements Block {
    private final Packed locals;
    private final int[] globals;

    /// Takes ownership of both. `globals[0]` must be 0 and the rest ascend, except for blocks derived
    /// during a question, which are never encoded.
    public CodeBlock(Packed locals, int[] globals) {
        this.locals = locals;
        this.globals = globals;
    }

    /// Builds the block of the first `rows` codes; 0 is a missing value.
    public static CodeBlock of(int[] codes, int rows) {
        LongIds seen = new LongIds(16);
        int[] ids = new int[rows];
        seen.idOf(0);
        for (int i = 0; i < rows; i++) {
            ids[i] = seen.idOf(codes[i]);
        }
        int count = seen.size();
        long[] order = new long[count];
        for (int id = 0; id < count; id++) {
            order[id] = seen.value(id) << 32 | id;
        }
        Arrays.sort(order);
        int[] globals = new int[count];
        int[] rank = new int[count];
        for (int i = 0; i < count; i++) {
            globals[i] = (int) (order[i] >>> 32);
            rank[(int) order[i]] = i;
        }
        for (int i = 0; i < rows; i++) {
            ids[i] = rank[ids[i]];
        }
        return new CodeBlock(Packed.of(ids, rows), globals);
    }

    @Override
    public int rows() {
        return locals.size();
    }

    public Packed locals() {
        return locals;
    }

    /// Local codes are below this.
    public int localCount() {
        return globals.length;
    }

    /// The table's code of a local code.
    public int global(int local) {
        return globals[local];
    }

    /// The table's code of a row, 0 where it has none.
    public int code(int row) {
        return globals[(int) locals.at(row)];
    }

    @Override
    public ColumnStats stats() {
        int[] counts = new int[globals.length];
        locals.count(counts);
        int present = rows() - counts[0];
        long min = present == 0 ? 0 : globals[1];
        long max = present == 0 ? 0 : globals[globals.length - 1];
        boolean few = globals.length <= ColumnStats.HISTOGRAM_VALUES_MAX;
        return new ColumnStats(min, max, counts[0], few ? globals : null, few ? counts : null);
    }

    @Override
    public long retainedBytes() {
        return 48 + locals.retainedBytes() + 4L * globals.length;
    }
}
