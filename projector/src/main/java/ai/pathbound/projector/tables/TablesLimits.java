package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.TableSettings;

/// How much the tables of a process may take.
///
/// @param rowsPerSegment rows after which a table's tail is sealed
/// @param checkpointBytesMax about how much one run of a checkpoint writes
/// @param memoryBytesMax heap the tables of all tenants may take together, what questions derive from them
///     aside; what is beyond goes, except the tenant that was asked about last
public record TablesLimits(int rowsPerSegment, long checkpointBytesMax, long memoryBytesMax) {
    /// What a change can wait for.
    private static final long CHECKPOINT_BYTES = 512 << 10;
    /// More than this makes few questions quicker.
    private static final long DERIVED_BYTES_MAX = 128L << 20;
    private static final int DERIVED_SHARE = 8;

    public TablesLimits {
        if (checkpointBytesMax < 1) {
            throw new IllegalArgumentException(
                    "checkpointBytesMax must be positive: " + checkpointBytesMax);
        }
        if (memoryBytesMax < 0) {
            throw new IllegalArgumentException(
                    "pathbound.projector.tables-memory must not be negative: " + memoryBytesMax
                            + " bytes");
        }
    }

    /// Heap for what questions derive from the tables: an eighth of theirs, in addition to it, and no more
    /// than 128 MiB.
    public long derivedBytesMax() {
        return Math.min(DERIVED_BYTES_MAX, memoryBytesMax / DERIVED_SHARE);
    }

    /// Those of a node.
    ///
    /// @param memoryBytesMax 0 for half of the largest heap
    public static TablesLimits ofMemory(long memoryBytesMax) {
        return new TablesLimits(TableSettings.ROWS_PER_SEGMENT, CHECKPOINT_BYTES,
                memoryBytesMax == 0 ? Runtime.getRuntime().maxMemory() / 2 : memoryBytesMax);
    }
}
