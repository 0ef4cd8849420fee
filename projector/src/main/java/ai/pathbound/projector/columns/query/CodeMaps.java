package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.TableView;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Maps between columns of a table, the last one of each pair kept. A map takes 4 bytes for each key.
///
/// A map that maps as the one before has its name, though rows changed otherwise: answers remembered
/// for that one are found again.
final class CodeMaps {
    private final QueryCache cache;

    CodeMaps(QueryCache cache) {
        this.cache = cache;
    }

    private record Columns(long table, String key, String value) implements QueryCache.Key<Made> {
        @Override
        public QueryCache.Area area() {
            return QueryCache.Area.COLUMN_MAPS;
        }
    }

    /// A map without the dictionary of its values, which belongs to the table.
    private static final class Made {
        private final long view;
        private final long name;
        private final int[] codes;

        private Made(long view, long name, int[] codes) {
            this.view = view;
            this.name = name;
            this.codes = codes;
        }

        /// Codes beyond the end map to nothing.
        private boolean mapsAs(int[] others) {
            int[] shorter = codes.length < others.length ? codes : others;
            int[] longer = codes.length < others.length ? others : codes;
            for (int code = shorter.length; code < longer.length; code++) {
                if (longer[code] != 0) {
                    return false;
                }
            }
            return Arrays.equals(shorter, 0, shorter.length, longer, 0, shorter.length);
        }
    }

    CodeMap between(TableView table, String key, String value) {
        Columns columns = new Columns(table.table(), key, value);
        Dictionary target = Objects.requireNonNullElseGet(
                table.dictionary(new ColumnId(value, Kind.TEXT)),
                Dictionary::new);
        Made last = cache.find(columns).orElse(null);
        Made made = last != null && last.view == table.stamp()
                ? last
                : made(table, columns, last);
        return CodeMap.named(made.name, made.codes, target);
    }

    private Made made(TableView table, Columns columns, @Nullable Made last) {
        int[] codes = CodeMap.codes(table, columns.key(), columns.value());
        long name = last != null && last.mapsAs(codes) ? last.name : CodeMap.newName();
        Made made = new Made(table.stamp(), name, codes);
        if (last == null || last.view < made.view) {
            cache.keep(columns,
                    made,
                    4L * codes.length + Sizes.of(columns.key()) + Sizes.of(columns.value()));
        }
        return made;
    }
}
