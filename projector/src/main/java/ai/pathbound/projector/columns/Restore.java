package ai.pathbound.projector.columns;

import ai.pathbound.projector.columns.block.ColumnStats;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Opens a table again from what was stored: dictionary entries, segments, kills of their rows; then
/// rows of the open tail in the order of their numbers, and last `finish`. Not to be used twice.
public final class Restore {
    private final TableSettings settings;
    private final List<Segment> segments = new ArrayList<>();
    private final List<TableChanges.Kill> kills = new ArrayList<>();
    private final Map<ColumnId, Dictionary> dictionaries = new HashMap<>();
    private final List<ColumnId> columns = new ArrayList<>();
    private final Set<String> notKept = new HashSet<>();
    private final List<Long> superseded = new ArrayList<>();
    private Optional<Table> opened = Optional.empty();

    public Restore(TableSettings settings) {
        this.settings = settings;
    }

    /// The dictionary of a text or JSON column, to put its entries back into. A shared one may hold some
    /// of them already.
    public Dictionary dictionary(ColumnId column) {
        return dictionaries.computeIfAbsent(column, settings::dictionary);
    }

    /// Puts the entries into indexes; takes longest of all, and may be done by another thread while
    /// segments are read.
    ///
    /// @throws IllegalArgumentException if a text is there twice
    public void index() {
        dictionaries.values().forEach(Dictionary::index);
    }

    /// A column the table had, whether or not a segment still has values of it.
    public void column(ColumnId column) {
        columns.add(column);
    }

    /// Names of columns the table had no room for.
    ///
    /// @throws DamagedException if one of them is always kept now: its values are not there
    public void notKept(Collection<String> names) {
        for (String name : names) {
            if (settings.reserved().contains(name)) {
                throw new DamagedException("the table was stored without " + name);
            }
        }
        notKept.addAll(names);
    }

    public void segment(Segment segment) {
        segments.add(segment);
    }

    public void kill(TableChanges.Kill kill) {
        kills.add(kill);
    }

    /// A row of the open tail that is still alive, under the number it had.
    public void tailRow(long number, Map<String, Value> row) {
        Table table = open();
        table.skipTo(number);
        table.append(row);
    }

    /// The table, published.
    public Table finish(long nextRow) {
        Table table = open();
        table.skipTo(nextRow);
        table.publish();
        return table;
    }

    /// Segments that a crash left behind after they had been written anew: to be deleted.
    public List<Long> superseded() {
        return List.copyOf(superseded);
    }

    private Table open() {
        if (opened.isPresent()) {
            return opened.get();
        }
        List<Segment> newest = newest();
        SealedParts parts = new SealedParts(settings.rowsPerSegment());
        newest.forEach(parts::restore);
        kills.forEach(kill -> parts.kill(kill.row()));
        long next = newest.isEmpty() ? 0 : newest.getLast().numbers().last() + 1;
        parts.changes(next, next);
        Table table = new Table(settings, parts, next);
        index();
        table.restoreNotKept(notKept);
        dictionaries.forEach((column, texts) -> {
            if (isKept(column)) {
                table.restoreDictionary(column, texts);
            }
        });
        columns.stream().filter(this::isKept).forEach(table::restoreColumn);
        for (Segment segment : newest) {
            for (Map.Entry<ColumnId, ColumnStats> column : segment.sortedStats().entrySet()) {
                ColumnId id = column.getKey();
                if (!isKept(id)) {
                    continue;
                }
                table.restoreColumn(id);
                boolean isTexts = id.kind() == Kind.TEXT || id.kind() == Kind.JSON;
                if (isTexts && column.getValue().max() > table.dictionary(id).size()) {
                    throw new DamagedException("segment " + segment.id() + " has code "
                            + column.getValue().max() + " of " + id + ", the dictionary ends at "
                            + table.dictionary(id).size());
                }
            }
        }
        opened = Optional.of(table);
        return table;
    }

    /// Segments may still have values of columns that went for others.
    private boolean isKept(ColumnId column) {
        return !notKept.contains(column.name());
    }

    /// Of segments that share row numbers the newest: the others were written anew into it.
    private List<Segment> newest() {
        List<Segment> kept = new ArrayList<>();
        segments.sort(Comparator.comparingLong(Segment::id).reversed());
        for (Segment segment : segments) {
            boolean isOld = kept.stream().anyMatch(newer -> overlap(segment, newer));
            if (isOld) {
                superseded.add(segment.id());
            } else {
                kept.add(segment);
            }
        }
        kept.sort(Comparator.comparingLong(segment -> segment.numbers().first()));
        return kept;
    }

    private static boolean overlap(Segment one, Segment other) {
        return one.numbers().first() <= other.numbers().last()
                && other.numbers().first() <= one.numbers().last();
    }
}
