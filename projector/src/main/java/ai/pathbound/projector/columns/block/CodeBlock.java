package ai.pathbound.projector.columns.block;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Dictionary codes of one segment. Rows hold local codes; a sorted local dictionary maps them to the
/// codes of the table, so that a column of a million distinct texts still takes one or two bytes a row
/// and a group-by counts into a small array. Local code 0 is a missing value.
///
/// Codes that follow each other, as those of ids that were all new, take no memory.
public final class CodeBlock implements Block {
    /// Rows for each distinct code from which on counting them is worth keeping.
    private static final int ROWS_PER_COUNT_MIN = 4;
    private static final int BATCH_ROWS = 1024;
    private static final AtomicLong LAST_ID = new AtomicLong();

    private final long id = LAST_ID.incrementAndGet();
    private final Packed locals;
    private final int @Nullable [] globals;
    private final int firstCode;
    private volatile char @Nullable [] counts;

    /// Takes ownership of both. `globals[0]` must be 0 and the rest ascend, except for blocks derived
    /// during a question, which are never encoded.
    public CodeBlock(Packed locals, int[] globals) {
        this.locals = locals;
        this.globals = globals;
        this.firstCode = 0;
    }

    private CodeBlock(int firstCode, int rows) {
        locals = Packed.ascending(rows);
        globals = null;
        this.firstCode = firstCode;
    }

    /// The codes from `firstCode`, 1 or more, on, each in the row after the one before.
    public static CodeBlock run(int firstCode, int rows) {
        return new CodeBlock(firstCode, rows);
    }

    private static boolean isRun(int[] codes, int rows) {
        for (int i = 0; i < rows; i++) {
            if (codes[i] != codes[0] + i) {
                return false;
            }
        }
        return rows > 0 && codes[0] > 0;
    }

    /// Builds the block of the first `rows` codes; 0 is a missing value.
    public static CodeBlock of(int[] codes, int rows) {
        if (isRun(codes, rows)) {
            return run(codes[0], rows);
        }
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

    /// Names this block in this process, for caches, which must not keep it in memory.
    public long id() {
        return id;
    }

    @Override
    public int rows() {
        return locals.size();
    }

    public Packed locals() {
        return locals;
    }

    /// Whether the codes follow each other from row to row.
    public boolean isRun() {
        return globals == null;
    }

    /// Local codes are below this.
    public int localCount() {
        return globals == null ? locals.size() + 1 : globals.length;
    }

    /// The table's code of a local code.
    public int global(int local) {
        if (globals != null) {
            return globals[local];
        }
        return local == 0 ? 0 : firstCode + local - 1;
    }

    /// The local code of one of the table's, 0 if no row has it. Not for derived blocks.
    public int local(int global) {
        if (globals == null) {
            int local = global - firstCode + 1;
            return local > 0 && local <= rows() ? local : 0;
        }
        return Math.max(Arrays.binarySearch(globals, 1, globals.length, global), 0);
    }

    /// The local codes of some of the table's codes, which ascend, to the front of `out`; says how many
    /// of them a row has. Not for derived blocks.
    public int locals(Ascending ascending, int[] out) {
        int found = 0;
        int local = 0;
        int last = 0;
        for (int code = ascending.next(0); code > 0; code = ascending.next(code)) {
            if (globals == null) {
                out[found] = local(code);
            } else {
                // As many codes lie between two others as there are numbers between them, at most.
                int end = (int) Math.min(globals.length, local + 1L + code - last);
                int place = Arrays.binarySearch(globals, local + 1, end, code);
                out[found] = Math.max(place, 0);
                local = place > 0 ? place : -place - 2;
                last = code;
            }
            found += out[found] > 0 ? 1 : 0;
        }
        return found;
    }

    /// Codes in order.
    public interface Ascending {
        /// The first code above this one, negative if there is none.
        int next(int after);
    }

    /// Turns local codes into the table's.
    public void toGlobals(int[] codes, int count) {
        int[] to = globals;
        for (int i = 0; i < count; i++) {
            codes[i] = to == null ? global(codes[i]) : to[codes[i]];
        }
    }

    /// The table's code of a row, 0 where it has none.
    public int code(int row) {
        return globals == null ? firstCode + row : globals[(int) locals.at(row)];
    }

    /// The table's codes of chosen rows.
    public void codes(int[] rows, int count, int[] out) {
        if (globals == null) {
            for (int i = 0; i < count; i++) {
                out[i] = firstCode + rows[i];
            }
            return;
        }
        locals.gather(rows, count, out);
        for (int i = 0; i < count; i++) {
            out[i] = globals[out[i]];
        }
    }

    /// Whether codes repeat enough for `counts` to answer for the rows.
    public boolean hasCounts() {
        return globals != null && rows() <= Character.MAX_VALUE
                && (long) globals.length * ROWS_PER_COUNT_MIN <= rows();
    }

    /// How often each local code occurs; only if `hasCounts`. Counted once, then kept: two bytes for
    /// each distinct code. Nobody may change the array.
    public char[] counts() {
        char[] there = counts;
        if (there != null) {
            return there;
        }
        if (!hasCounts()) {
            throw new IllegalStateException("too many codes to count: " + localCount());
        }
        int[] counted = counted();
        char[] made = new char[counted.length];
        for (int local = 0; local < made.length; local++) {
            made[local] = (char) counted[local];
        }
        // Threads that meet here make equal arrays.
        counts = made;
        return made;
    }

    private int[] counted() {
        int[] counted = new int[localCount()];
        int[] batch = new int[BATCH_ROWS];
        for (int from = 0; from < rows(); from += BATCH_ROWS) {
            int size = Math.min(BATCH_ROWS, rows() - from);
            locals.read(from, size, batch);
            for (int i = 0; i < size; i++) {
                counted[batch[i]]++;
            }
        }
        return counted;
    }

    @Override
    public ColumnStats stats() {
        int[] codes = globals;
        if (codes == null && rows() >= ColumnStats.HISTOGRAM_VALUES_MAX) {
            return new ColumnStats(firstCode, firstCode + rows() - 1L, 0, null, null);
        }
        if (codes == null) {
            codes = new int[rows() + 1];
            Arrays.setAll(codes, this::global);
        }
        int[] counted = counted();
        int present = rows() - counted[0];
        long min = present == 0 ? 0 : codes[1];
        long max = present == 0 ? 0 : codes[codes.length - 1];
        boolean few = codes.length <= ColumnStats.HISTOGRAM_VALUES_MAX;
        return new ColumnStats(min, max, counted[0], few ? codes : null, few ? counted : null);
    }

    @Override
    public long retainedBytes() {
        return 64 + locals.retainedBytes() + (globals == null ? 0 : 4L * globals.length)
                + (hasCounts() ? 2L * localCount() : 0);
    }
}
