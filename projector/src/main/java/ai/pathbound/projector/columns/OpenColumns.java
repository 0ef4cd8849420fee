package ai.pathbound.projector.columns;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which open columns a table keeps: the first ones by rank, whatever order they come in, so that each
/// copy of a table that has met the same names keeps the same. By rank, names that only very wide rows
/// have come last: one entity with thousands of properties takes no column away from others. Then names
/// go in their order.
///
/// A name that was turned away or dropped lacks the values of earlier rows and is never taken again.
final class OpenColumns {
    /// Rows of more cells are no pattern for others.
    static final int WIDE_CELLS = 500;
    private static final int NAME_CHARS_MAX = 200;
    /// What is noted of names that are not kept. They are stored with the table, in one record.
    private static final int REFUSED_CHARS_MAX = 200_000;

    private final int max;
    private final Map<String, Ranked> kept = new HashMap<>();
    private final TreeSet<Ranked> byRank = new TreeSet<>(
            Comparator.comparing(Ranked::isSpare).thenComparing(Ranked::name));
    private final Set<String> refused = new HashSet<>();
    private int refusedChars;
    private int spare;

    OpenColumns(int max) {
        this.max = max;
    }

    /// @param isSpare whether only wide rows have it
    private record Ranked(String name, boolean isSpare) {}

    /// Whether a column is kept, and which other one no longer is.
    record Admission(boolean isKept, Optional<String> dropped) {
        private static final Admission KEPT = new Admission(true, Optional.empty());
        private static final Admission REFUSED = new Admission(false, Optional.empty());
    }

    /// Decides about a name that is no column of the table yet.
    Admission admit(String name, boolean isWide) {
        // Beyond what can be noted nothing says that a name is a new one.
        if (name.length() > NAME_CHARS_MAX || refused.contains(name)
                || refusedChars > REFUSED_CHARS_MAX) {
            return Admission.REFUSED;
        }
        Ranked fresh = new Ranked(name, isWide);
        if (kept.size() < max) {
            put(fresh);
            return Admission.KEPT;
        }
        Ranked last = byRank.last();
        if (byRank.comparator().compare(fresh, last) >= 0) {
            refuse(name);
            return Admission.REFUSED;
        }
        remove(last);
        refuse(last.name());
        put(fresh);
        return new Admission(true, Optional.of(last.name()));
    }

    private void put(Ranked column) {
        kept.put(column.name(), column);
        byRank.add(column);
        spare += column.isSpare() ? 1 : 0;
    }

    private void remove(Ranked column) {
        kept.remove(column.name());
        byRank.remove(column);
        spare -= column.isSpare() ? 1 : 0;
    }

    private void refuse(String name) {
        if (refused.add(name)) {
            refusedChars += name.length();
        }
    }

    /// Whether some column is kept that only wide rows have.
    boolean haveSpare() {
        return spare > 0;
    }

    /// A row that is not wide has a value of a column.
    void seen(String name) {
        Ranked column = kept.get(name);
        if (column != null && column.isSpare()) {
            remove(column);
            put(new Ranked(name, false));
        }
    }

    /// Puts back a column of a stored table.
    void restore(String name) {
        if (!kept.containsKey(name)) {
            put(new Ranked(name, false));
        }
    }

    void restoreRefused(Collection<String> names) {
        names.forEach(this::refuse);
    }

    /// Names that were turned away or dropped.
    Set<String> refused() {
        return refused;
    }
}
