package ai.pathbound.projector.columns.block;

import java.util.Arrays;

/// Gives distinct longs the ids 0, 1, 2, … in the order they come: open addressing, linear probing.
public final class LongIds {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private long[] values;
    private int[] slots;
    private int size;

    public LongIds(int expected) {
        int capacity = Integer.highestOneBit(Math.max(8, expected) * 2 - 1) * 2;
        slots = new int[capacity];
        values = new long[capacity / 2];
    }

    /// A copy to add to.
    public LongIds copy() {
        LongIds copy = new LongIds(1);
        copy.values = values.clone();
        copy.slots = slots.clone();
        copy.size = size;
        return copy;
    }

    public int size() {
        return size;
    }

    public long value(int id) {
        return values[id];
    }

    /// The id of the value; a new one if it was not seen.
    public int idOf(long value) {
        int mask = slots.length - 1;
        int slot = (int) ((value * SPREAD) >>> 32) & mask;
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            if (values[id] == value) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
        if (size == values.length) {
            grow();
            return idOf(value);
        }
        values[size] = value;
        slots[slot] = ++size;
        return size - 1;
    }

    private void grow() {
        values = Arrays.copyOf(values, values.length * 2);
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = (int) ((values[id] * SPREAD) >>> 32) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = id + 1;
        }
    }

    /// The values, in order of their ids.
    public long[] toArray() {
        return Arrays.copyOf(values, size);
    }

    public long retainedBytes() {
        return 48 + 8L * values.length + 4L * slots.length;
    }
}
