package ai.pathbound.projector.columns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks up what rows to be appended need, columns and codes of texts, as far as the table has them
/// already; on other threads than the writer's, which is spared most of its work. What is not there yet
/// the writer adds.
///
/// Used by one thread; for some hundred rows, of which the last texts of each column are remembered.
public final class Lookahead {
    private static final int RECENT = 64;

    private final Table table;
    private @Nullable Recent[] recent = new @Nullable Recent[32];

    Lookahead(Table table) {
        this.table = table;
    }

    /// A row that was looked up.
    public static final class Row {
        private final Table.Slot[] slots;
        private final long[] bits;
        private final List<Map.Entry<String, Value>> rest;

        private Row(Table.Slot[] slots, long[] bits, List<Map.Entry<String, Value>> rest) {
            this.slots = slots;
            this.bits = bits;
            this.rest = rest;
        }

        void setTo(Tail tail) {
            for (int i = 0; i < slots.length; i++) {
                tail.set(slots[i].number(), slots[i].column(), bits[i]);
            }
        }

        int size() {
            return slots.length + rest.size();
        }

        void forEachName(Consumer<String> told) {
            for (Table.Slot slot : slots) {
                told.accept(slot.column().name());
            }
        }

        /// Cells whose column or text was not there.
        List<Map.Entry<String, Value>> rest() {
            return rest;
        }
    }

    /// The last texts of a column and their codes, by hash.
    private static final class Recent {
        private final @Nullable String[] texts = new @Nullable String[RECENT];
        private final int[] codes = new int[RECENT];
    }

    /// Looks up the cells of a row.
    public Row row(Cells cells) {
        Table.Slot[] slots = new Table.Slot[cells.size()];
        long[] bits = new long[slots.length];
        List<Map.Entry<String, Value>> rest = new ArrayList<>(2);
        int found = 0;
        for (int i = 0; i < cells.size(); i++) {
            Value value = cells.value(i).canonical();
            Table.Slot slot = table.slotOf(cells.name(i), value.kind());
            long there = slot == null ? 0 : bits(slot, value);
            if (slot == null || (there == 0 && slot.dictionary() != null)) {
                rest.add(Map.entry(cells.name(i), value));
            } else {
                slots[found] = slot;
                bits[found++] = there;
            }
        }
        return new Row(Arrays.copyOf(slots, found), bits, rest);
    }

    private long bits(Table.Slot slot, Value value) {
        return switch (value) {
            case Value.Text(String text) -> code(slot, text);
            case Value.Json(String text) -> code(slot, text);
            case Value.Bool _,Value.Whole _,Value.Floating _,Value.Time _ -> Table.bits(value);
        };
    }

    private int code(Table.Slot slot, String text) {
        Dictionary dictionary = slot.dictionary();
        if (dictionary == null) {
            return 0;
        }
        Recent known = recent(slot.number());
        int at = text.hashCode() & (RECENT - 1);
        if (!text.equals(known.texts[at])) {
            int code = dictionary.findKnown(text);
            if (code == 0) {
                return 0;
            }
            known.texts[at] = text;
            known.codes[at] = code;
        }
        return known.codes[at];
    }

    private Recent recent(int slot) {
        if (slot >= recent.length) {
            recent = Arrays.copyOf(recent, slot + slot / 2);
        }
        Recent there = recent[slot];
        if (there == null) {
            there = new Recent();
            recent[slot] = there;
        }
        return there;
    }
}
