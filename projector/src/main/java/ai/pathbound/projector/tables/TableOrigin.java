package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.Table;
import ai.pathbound.projector.columns.TableSettings;
import java.util.function.Function;

/// Where a table comes from.
///
/// @param checkpoint how it is stored from now on
/// @param opener makes it: empty, or as it was stored
record TableOrigin(TableCheckpoint checkpoint, Function<TableSettings, Table> opener) {
    /// A table that starts without rows.
    static TableOrigin empty(TableCheckpoint checkpoint) {
        return new TableOrigin(checkpoint, Table::new);
    }
}
