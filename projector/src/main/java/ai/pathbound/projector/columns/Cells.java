package ai.pathbound.projector.columns;

import java.util.ArrayList;
import java.util.List;

/// The cells of one row on their way into a table, each name once. Serves one row after the other: what
/// is written for every change is not made anew for every change.
public final class Cells {
    private final List<String> names = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();

    /// Begins the next row.
    public void clear() {
        names.clear();
        values.clear();
    }

    /// Adds a cell, of a column that has none yet.
    public void put(String name, Value value) {
        names.add(name);
        values.add(value);
    }

    /// Whether the column has a cell.
    public boolean has(String name) {
        return names.contains(name);
    }

    int size() {
        return names.size();
    }

    String name(int index) {
        return names.get(index);
    }

    Value value(int index) {
        return values.get(index);
    }
}
