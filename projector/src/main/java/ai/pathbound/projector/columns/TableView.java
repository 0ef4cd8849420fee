package ai.pathbound.projector.columns;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A table as it was at one publish; never changes, may be kept as long as a reader likes.
public final class TableView {
    private static final AtomicLong STAMPS = new AtomicLong();

    private final long table;
    private final long stamp = STAMPS.incrementAndGet();
    private final List<Part> parts;
    private final Columns columns;
    private final long liveRows;
    private final long nextRow;

    TableView(long table, List<Part> parts, Columns columns, long nextRow) {
        this.table = table;
        this.parts = parts;
        this.columns = columns;
        this.nextRow = nextRow;
        long live = 0;
        for (Part part : parts) {
            live += part.liveRows();
        }
        this.liveRows = live;
    }

    /// What columns there are; shared by views until a new one appears.
    record Columns(Map<String, Set<Kind>> kinds,
            Map<ColumnId, Dictionary> dictionaries,
            Set<String> notKept) {
        static final Columns NONE = new Columns(Map.of(), Map.of(), Set.of());

        Columns {
            Map<String, Set<Kind>> copy = new TreeMap<>();
            kinds.forEach((name, set) -> copy.put(name, EnumSet.copyOf(set)));
            kinds = copy;
            dictionaries = new HashMap<>(dictionaries);
            notKept = Set.copyOf(notKept);
        }
    }

    /// Names the table in this process: its views share what questions derive.
    public long table() {
        return table;
    }

    /// Names this view in this process; later views of a table have larger ones.
    public long stamp() {
        return stamp;
    }

    /// The runs of rows, in the order of row numbers.
    public List<Part> parts() {
        return parts;
    }

    public long liveRows() {
        return liveRows;
    }

    public long nextRow() {
        return nextRow;
    }

    /// Live rows before this are in sealed segments, rows from here on in the open tail.
    public long sealedEnd() {
        for (Part part : parts) {
            if (!part.isSealed()) {
                return part.rowNumber(0);
            }
        }
        return nextRow;
    }

    public Set<String> names() {
        return java.util.Collections.unmodifiableSet(columns.kinds().keySet());
    }

    /// The kinds a named column holds, in their order; none if there is no such column.
    public Set<Kind> kinds(String name) {
        Set<Kind> kinds = columns.kinds().get(name);
        return kinds == null ? Set.of() : kinds;
    }

    /// Names of columns the table has no room for; their values are not here.
    public Set<String> notKept() {
        return columns.notKept();
    }

    /// The dictionary of a text or JSON column; null for other kinds and unknown columns.
    public @Nullable Dictionary dictionary(ColumnId column) {
        return columns.dictionaries().get(column);
    }

    /// Sorts the texts of a column, so that the first list sorted by it finds them sorted.
    public void sortTexts(String name) {
        Dictionary texts = dictionary(new ColumnId(name, Kind.TEXT));
        if (texts != null) {
            var _ = texts.order();
        }
    }

    public boolean isLive(long row) {
        int part = find(row);
        if (part < 0) {
            return false;
        }
        int position = parts.get(part).source().numbers().find(row);
        return position >= 0 && !parts.get(part).dead().isDead(position);
    }

    /// One cell of a row, dead or alive; empty if it has no value or the row is gone.
    public Optional<Value> value(long row, String name) {
        int index = find(row);
        if (index < 0) {
            return Optional.empty();
        }
        Part part = parts.get(index);
        int position = part.source().numbers().find(row);
        if (position < 0) {
            return Optional.empty();
        }
        for (Kind kind : kinds(name)) {
            ColumnId id = new ColumnId(name, kind);
            Optional<Value> value = part.value(id, dictionary(id), position);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    /// All cells of a row that have a value.
    public Map<String, Value> row(long row) {
        Map<String, Value> cells = new TreeMap<>();
        for (String name : names()) {
            value(row, name).ifPresent(value -> cells.put(name, value));
        }
        return cells;
    }

    private int find(long row) {
        int low = 0;
        int high = parts.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            RowNumbers numbers = parts.get(middle).source().numbers();
            if (row < numbers.first()) {
                high = middle - 1;
            } else if (row > numbers.last()) {
                low = middle + 1;
            } else {
                return middle;
            }
        }
        return -1;
    }

    /// Memory held by the parts; dictionaries and cached blocks count for themselves.
    public long retainedBytes() {
        long bytes = 0;
        for (Part part : parts) {
            bytes += part.retainedBytes();
        }
        return bytes;
    }

    /// The dictionaries of this table, shared ones too.
    public Map<ColumnId, Dictionary> dictionaries() {
        return java.util.Collections.unmodifiableMap(columns.dictionaries());
    }
}
