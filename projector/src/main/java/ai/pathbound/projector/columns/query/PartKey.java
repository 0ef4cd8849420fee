package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.LongBlock;
import ai.pathbound.projector.columns.block.LongIds;
import ai.pathbound.projector.columns.block.Zones;
import java.util.ArrayList;
import java.util.List;

/// The distinct values one key has in one part, as small ids: 0 is missing. Ids mean something in this
/// part only; tag and payload say the same in every part.
final class PartKey {
    private final List<Column> columns = new ArrayList<>();
    private int size = 1;

    /// Every value.
    static PartKey values(PartBlocks blocks, Operand operand) {
        PartKey key = new PartKey();
        for (PartBlocks.Typed typed : blocks.of(operand)) {
            key.add(switch (typed.block()) {
                case CodeBlock codes -> new Codes(key.size, typed.kind(), codes);
                case LongBlock longs -> new Longs(key.size, typed.kind(), longs);
            });
        }
        return key;
    }

    /// What a calendar makes of times.
    static PartKey calendar(PartBlocks blocks, Operand operand, Calendar calendar) {
        PartKey key = new PartKey();
        for (PartBlocks.Typed typed : blocks.of(operand)) {
            if (typed.kind() == Kind.TIME && typed.block() instanceof LongBlock longs) {
                key.add(new Times(key.size, longs, calendar));
            }
        }
        return key;
    }

    private void add(Column column) {
        columns.add(column);
        size += column.size();
    }

    /// Ids are below this.
    int size() {
        return size;
    }

    /// The ids of chosen rows; `rows` is a run from `rows[0]` if `isRun`.
    void read(int[] rows, int count, boolean isRun, int[] ids) {
        if (columns.size() == 1) {
            columns.getFirst().read(rows, count, isRun, ids);
            return;
        }
        java.util.Arrays.fill(ids, 0, count, 0);
        int[] some = new int[count];
        for (Column column : columns) {
            column.read(rows, count, isRun, some);
            for (int i = 0; i < count; i++) {
                ids[i] |= some[i];
            }
        }
    }

    /// The id of all rows of a batch, if that is known without reading them; else negative.
    int constant(int firstRow) {
        return columns.size() == 1 ? columns.getFirst().constant(firstRow) : -1;
    }

    /// 0 for missing, else the tag of the kind.
    int tag(int id) {
        return id == 0 ? 0 : column(id).kind().tag();
    }

    /// The code of the table, or the bits.
    long payload(int id) {
        return id == 0 ? 0 : column(id).payload(id);
    }

    private Column column(int id) {
        for (Column column : columns) {
            if (id < column.base() + column.size()) {
                return column;
            }
        }
        throw new IllegalStateException("id " + id + " of " + size);
    }

    /// The values of one kind; ids from `base` on.
    private sealed interface Column {
        int base();

        int size();

        Kind kind();

        void read(int[] rows, int count, boolean isRun, int[] ids);

        default int constant(int firstRow) {
            return -1;
        }

        long payload(int id);
    }

    private record Codes(int base, Kind kind, CodeBlock block) implements Column {
        @Override
        public int size() {
            return block.localCount() - 1;
        }

        @Override
        public void read(int[] rows, int count, boolean isRun, int[] ids) {
            if (isRun) {
                block.locals().read(rows[0], count, ids);
            } else {
                block.locals().gather(rows, count, ids);
            }
            if (base != 1) {
                for (int i = 0; i < count; i++) {
                    ids[i] = ids[i] == 0 ? 0 : ids[i] + base - 1;
                }
            }
        }

        @Override
        public long payload(int id) {
            return block.global(id - base + 1);
        }
    }

    private static final class Longs implements Column {
        private final int base;
        private final Kind kind;
        private final LongBlock block;
        private final LongIds ids = new LongIds(64);
        private final long[] values = new long[Batch.ROWS];

        private Longs(int base, Kind kind, LongBlock block) {
            this.base = base;
            this.kind = kind;
            this.block = block;
        }

        @Override
        public int base() {
            return base;
        }

        @Override
        public int size() {
            return block.rows();
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public void read(int[] rows, int count, boolean isRun, int[] out) {
            block.read(rows, count, values);
            for (int i = 0; i < count; i++) {
                out[i] = values[i] == LongBlock.MISSING ? 0 : base + ids.idOf(values[i]);
            }
        }

        @Override
        public long payload(int id) {
            return ids.value(id - base);
        }
    }

    private static final class Times implements Column {
        private final int base;
        private final LongBlock block;
        private final Calendar.Cursor cursor;
        private final Kind kind;
        private final int size;
        private final LongIds ids = new LongIds(16);
        private final long[] values = new long[Batch.ROWS];
        private long from;
        private long to;
        private int id;

        private Times(int base, LongBlock block, Calendar calendar) {
            this.base = base;
            this.block = block;
            this.cursor = calendar.cursor();
            this.kind = calendar.kind();
            this.size = Math.min(block.rows(), calendar.sizeMax(block.span()));
        }

        @Override
        public int base() {
            return base;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public void read(int[] rows, int count, boolean isRun, int[] out) {
            if (isRun) {
                block.read(rows[0], count, values);
            } else {
                block.read(rows, count, values);
            }
            for (int i = 0; i < count; i++) {
                long value = values[i];
                if (value >= from && value < to) {
                    out[i] = id;
                } else if (value == LongBlock.MISSING) {
                    out[i] = 0;
                } else {
                    out[i] = enter(value);
                }
            }
        }

        @Override
        public int constant(int firstRow) {
            Zones zones = block.zones();
            int zone = firstRow / Batch.ROWS;
            if (zones.hasMissing(zone) || zones.min(zone) > zones.max(zone)) {
                return -1;
            }
            if (zones.min(zone) < from || zones.min(zone) >= to) {
                enter(zones.min(zone));
            }
            return zones.max(zone) < to ? id : -1;
        }

        private int enter(long value) {
            cursor.moveTo(value);
            from = cursor.from();
            to = cursor.to();
            id = base + ids.idOf(cursor.payload());
            return id;
        }

        @Override
        public long payload(int at) {
            return ids.value(at - base);
        }
    }
}
