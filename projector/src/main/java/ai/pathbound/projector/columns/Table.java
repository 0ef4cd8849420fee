package ai.pathbound.projector.columns;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A log-structured columnar table: rows are appended, an update appends the new row and kills the old
/// one. One thread writes; any number of threads read views, which see exactly what was published.
///
/// Row numbers are given in the order of appending and never change, also when segments are written
/// anew without their dead rows.
public final class Table {
    private static final AtomicLong LAST_ID = new AtomicLong();

    private final long id = LAST_ID.incrementAndGet();
    private final TableSettings settings;
    private final SealedParts sealedParts;
    private final Map<String, Set<Kind>> kinds = new HashMap<>();
    private final Map<ColumnId, Dictionary> dictionaries = new HashMap<>();
    private final OpenColumns open;
    /// Read by those who look ahead.
    private final Map<String, @Nullable Slot[]> slots = new ConcurrentHashMap<>();
    private int slotCount;
    private TableView.Columns columns = TableView.Columns.NONE;
    private boolean columnsChanged;
    private Tail tail;
    private long nextRow;
    private volatile TableView view = new TableView(id, List.of(), TableView.Columns.NONE, 0);

    public Table(TableSettings settings) {
        this(settings, new SealedParts(settings.rowsPerSegment()), 0);
    }

    Table(TableSettings settings, SealedParts sealedParts, long nextRow) {
        this.settings = settings;
        this.open = new OpenColumns(settings.columnsMax());
        this.sealedParts = sealedParts;
        this.nextRow = nextRow;
        this.tail = new Tail(nextRow, settings.rowsPerSegment());
    }

    /// Appends a row and returns its number; invisible until published.
    public long append(Map<String, Value> row) {
        makeRoom();
        boolean isWide = isWide(row.size());
        row.forEach((name, value) -> set(name, value, isWide));
        return endRow();
    }

    /// Appends a row and returns its number; invisible until published.
    public long append(Cells row) {
        makeRoom();
        boolean isWide = isWide(row.size());
        for (int i = 0; i < row.size(); i++) {
            set(row.name(i), row.value(i), isWide);
        }
        return endRow();
    }

    /// Appends a row whose cells were looked up before.
    public long append(Lookahead.Row row) {
        makeRoom();
        boolean isWide = isWide(row.size());
        if (open.haveSpare() && !isWide) {
            row.forEachName(open::seen);
        }
        row.setTo(tail);
        row.rest().forEach(cell -> set(cell.getKey(), cell.getValue(), isWide));
        return endRow();
    }

    /// Looks up cells of rows for another thread than the writer's.
    public Lookahead lookahead() {
        return new Lookahead(this);
    }

    private void makeRoom() {
        if (tail.isFull()) {
            sealTail();
        }
    }

    private long endRow() {
        tail.endRow();
        return nextRow++;
    }

    private static boolean isWide(int cells) {
        return cells > OpenColumns.WIDE_CELLS;
    }

    private void set(String name, Value given, boolean isWide) {
        Value value = given.canonical();
        if (open.haveSpare() && !isWide) {
            open.seen(name);
        }
        Slot slot = slot(name, value.kind(), isWide);
        if (slot != null) {
            tail.set(slot.number(), slot.column(), bits(slot, value));
        }
    }

    /// What writing a value of a column needs, found by one look-up.
    ///
    /// @param number counts the columns that were written, from 0
    record Slot(int number, ColumnId column, @Nullable Dictionary dictionary) {}

    /// What writing a value needs; null if nobody has written one of this column. For any thread.
    @Nullable
    Slot slotOf(String name, Kind kind) {
        @Nullable
        Slot[] known = slots.get(name);
        return known == null ? null : known[kind.tag()];
    }

    private @Nullable Slot slot(String name, Kind kind, boolean isWide) {
        Slot there = slotOf(name, kind);
        if (there == null && keeps(name, kind, isWide)) {
            ColumnId column = new ColumnId(name, kind);
            boolean isTexts = kind == Kind.TEXT || kind == Kind.JSON;
            there = new Slot(slotCount++, column, isTexts ? dictionary(column) : null);
            @Nullable
            Slot[] known = slots.get(name);
            @Nullable
            Slot[] more = known == null ? new @Nullable Slot[Kind.TAGS_END] : known.clone();
            more[kind.tag()] = there;
            slots.put(name, more);
        }
        return there;
    }

    /// Marks a row dead. False if there is no such row or it is dead already.
    public boolean kill(long row) {
        if (row < 0 || row >= nextRow) {
            return false;
        }
        return row >= tail.firstRow() ? tail.kill(row) : sealedParts.kill(row);
    }

    /// Makes everything since the last publish visible at once, and says what has to be stored.
    public TableChanges publish() {
        if (columnsChanged) {
            columns = new TableView.Columns(kinds, dictionaries, open.refused());
            columnsChanged = false;
        }
        List<Part> parts = new ArrayList<>();
        sealedParts.publish(parts);
        tail.publish(parts);
        view = new TableView(id, List.copyOf(parts), columns, nextRow);
        return sealedParts.changes(tail.firstRow(), nextRow);
    }

    /// The last published state.
    public TableView view() {
        return view;
    }

    public TableSettings settings() {
        return settings;
    }

    /// From now on the stored segment's blocks are read from there instead of held in memory.
    public static void readFrom(Segment stored, BlockSource source) {
        stored.readFrom(source);
    }

    private void sealTail() {
        sealedParts.seal(tail);
        tail = new Tail(nextRow, settings.rowsPerSegment());
    }

    /// The dictionary of a text or JSON column, created if the column is new.
    Dictionary dictionary(ColumnId column) {
        Dictionary there = dictionaries.get(column);
        if (there == null) {
            there = settings.dictionary(column);
            dictionaries.put(column, there);
            columnsChanged = true;
        }
        return there;
    }

    /// Whether the column is there, or may still be created; another one may go for it.
    private boolean keeps(String name, Kind kind, boolean isWide) {
        Set<Kind> there = kinds.get(name);
        if (there == null) {
            if (!settings.reserved().contains(name)) {
                int before = open.refused().size();
                OpenColumns.Admission admission = open.admit(name, isWide);
                columnsChanged |= open.refused().size() > before;
                admission.dropped().ifPresent(this::drop);
                if (!admission.isKept()) {
                    return false;
                }
            }
            there = EnumSet.noneOf(Kind.class);
            kinds.put(name, there);
        }
        columnsChanged |= there.add(kind);
        return true;
    }

    /// Later views have no such column. Its values stay in their segments, unseen, until their rows die.
    private void drop(String name) {
        kinds.remove(name);
        slots.remove(name);
        dictionaries.keySet().removeIf(column -> column.name().equals(name));
        columnsChanged = true;
    }

    /// Puts back the entries of a column.
    void restoreDictionary(ColumnId column, Dictionary dictionary) {
        dictionaries.put(column, dictionary);
        columnsChanged = true;
    }

    /// Puts back a column of a stored segment, whatever the setting says now.
    void restoreColumn(ColumnId column) {
        if (!settings.reserved().contains(column.name())) {
            open.restore(column.name());
        }
        kinds.computeIfAbsent(column.name(), _ -> EnumSet.noneOf(Kind.class)).add(column.kind());
        if (column.kind() == Kind.TEXT || column.kind() == Kind.JSON) {
            dictionary(column);
        }
        columnsChanged = true;
    }

    void restoreNotKept(Collection<String> names) {
        open.restoreRefused(names);
        columnsChanged = true;
    }

    private static long bits(Slot slot, Value value) {
        return switch (value) {
            case Value.Text(String text) -> Objects.requireNonNull(slot.dictionary()).add(text);
            case Value.Json(String text) -> Objects.requireNonNull(slot.dictionary()).add(text);
            case Value.Bool _,Value.Whole _,Value.Floating _,Value.Time _ -> bits(value);
        };
    }

    /// The cell of a value that is no text.
    static long bits(Value value) {
        return value instanceof Value.Bool(boolean truth)
                ? truth ? Kind.FALSE_CODE + 1 : Kind.FALSE_CODE
                : Kind.bits(value);
    }

    /// Ends the tail at a row number beyond it: rows between died before they were stored.
    void skipTo(long row) {
        if (row < nextRow) {
            throw new IllegalArgumentException("row " + row + " is before row " + nextRow);
        }
        if (tail.rows() == 0) {
            nextRow = row;
            tail = new Tail(row, settings.rowsPerSegment());
        }
        while (nextRow < row) {
            kill(append(Map.of()));
        }
    }
}
