package ai.pathbound.projector.columns;

import java.util.Map;
import java.util.Set;

/// How one table is kept.
///
/// @param rowsPerSegment rows after which the open tail is sealed; at most 65,535, so that local codes
///        fit two bytes
/// @param columnsMax open columns that are kept: those that are not reserved
/// @param dictionaries dictionaries of text columns shared with other tables, by column name
/// @param reserved names that are columns however many others there are
public record TableSettings(int rowsPerSegment,
        int columnsMax,
        Map<String, Dictionary> dictionaries,
        Set<String> reserved) {
    public static final int ROWS_PER_SEGMENT = 32_768;
    public static final int COLUMNS_MAX = 200;
    private static final int ROWS_LIMIT = 65_535;

    public TableSettings {
        if (rowsPerSegment < 1 || rowsPerSegment > ROWS_LIMIT) {
            throw new IllegalArgumentException(
                    "rowsPerSegment must be 1 to " + ROWS_LIMIT + ": " + rowsPerSegment);
        }
        if (columnsMax < 1) {
            throw new IllegalArgumentException("columnsMax must be positive: " + columnsMax);
        }
        dictionaries = Map.copyOf(dictionaries);
        reserved = Set.copyOf(reserved);
    }

    public TableSettings(int rowsPerSegment,
            int columnsMax,
            Map<String, Dictionary> dictionaries) {
        this(rowsPerSegment, columnsMax, dictionaries, Set.of());
    }

    public static TableSettings sharing(Map<String, Dictionary> dictionaries) {
        return new TableSettings(ROWS_PER_SEGMENT, COLUMNS_MAX, dictionaries);
    }

    /// The dictionary of a column: the shared one, if it is of texts, or one of its own.
    Dictionary dictionary(ColumnId column) {
        Dictionary shared = column.kind() == Kind.TEXT ? dictionaries.get(column.name()) : null;
        return shared == null ? new Dictionary() : shared;
    }
}
