package ai.pathbound.projector.columns.query;

import java.util.Arrays;

/// Gives distinct tuples of longs the ids 0, 1, 2, … in the order they come; the tuples lie one after
/// the other in one array.
final class LongTuples {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final int width;
    private long[] values;
    private int[] slots;
    private int size;
    private int hashed;
    private boolean isShared;

    LongTuples(int width) {
        this.width = width;
        this.slots = new int[64];
        this.values = new long[32 * width];
    }

    /// The same tuples, to add to; nobody may add to these any more. Copied when the first is added.
    LongTuples over() {
        LongTuples over = new LongTuples(width);
        over.slots = slots;
        over.values = values;
        over.size = size;
        over.hashed = hashed;
        over.isShared = true;
        return over;
    }

    private void own() {
        if (isShared) {
            slots = slots.clone();
            values = values.clone();
            isShared = false;
        }
    }

    int size() {
        return size;
    }

    long value(int id, int index) {
        return values[id * width + index];
    }

    /// The id of a tuple; a new one if it was not seen.
    int idOf(long[] tuple) {
        int mask = slots.length - 1;
        int slot = hash(tuple, 0) & mask;
        while (slots[slot] != 0) {
            int at = (slots[slot] - 1) * width;
            if (isAt(at, tuple)) {
                return slots[slot] - 1;
            }
            slot = (slot + 1) & mask;
        }
        if (hashed * 2 == slots.length) {
            grow();
            return idOf(tuple);
        }
        own();
        hashed++;
        int id = append(tuple);
        slots[slot] = id + 1;
        return id;
    }

    /// Adds a tuple the caller knows to be new and will find again by itself.
    int append(long[] tuple) {
        own();
        if ((size + 1) * width > values.length) {
            values = Arrays.copyOf(values, Math.multiplyExact(values.length, 2));
        }
        System.arraycopy(tuple, 0, values, size * width, width);
        return size++;
    }

    private boolean isAt(int at, long[] tuple) {
        for (int i = 0; i < width; i++) {
            if (values[at + i] != tuple[i]) {
                return false;
            }
        }
        return true;
    }

    private int hash(long[] from, int at) {
        long hash = 0;
        for (int i = 0; i < width; i++) {
            hash = (hash ^ from[at + i]) * SPREAD;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }

    private void grow() {
        own();
        int[] old = slots;
        slots = new int[old.length * 2];
        int mask = slots.length - 1;
        for (int filled : old) {
            if (filled == 0) {
                continue;
            }
            int id = filled - 1;
            int slot = hash(values, id * width) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = id + 1;
        }
    }

    long retainedBytes() {
        return 64 + 8L * values.length + 4L * slots.length;
    }
}
