package ai.pathbound.projector.columns;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The slow, obvious table: a map from row number to a map of cells.
public final class RowModel {
    private final TreeMap<Long, Map<String, Value>> live = new TreeMap<>();

    public void append(long row, Map<String, Value> cells) {
        live.put(row, Map.copyOf(cells));
    }

    public boolean kill(long row) {
        return live.remove(row) != null;
    }

    public Map<Long, Map<String, Value>> rows() {
        return live;
    }

    public List<Long> numbers() {
        return new ArrayList<>(live.keySet());
    }

    public RowModel copy() {
        RowModel copy = new RowModel();
        copy.live.putAll(live);
        return copy;
    }
}
