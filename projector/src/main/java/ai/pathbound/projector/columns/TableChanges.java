package ai.pathbound.projector.columns;

import java.util.List;

/// What one publish changed in storage terms, to be stored in one step with the rows themselves. New
/// dictionary entries are asked of the dictionaries. Rows of the open tail are not listed: the caller
/// stores each row's source and plays it again with `Restore.tailRow`.
///
/// @param sealed segments to store: header and blocks
/// @param removed ids of segments whose header, blocks and kills may be deleted
/// @param kills rows of stored segments that died
/// @param sealedEnd live rows from here on are in no segment: they are the open tail
/// @param nextRow the next row number, needed to reopen
public record TableChanges(List<Segment> sealed,
        List<Long> removed,
        List<Kill> kills,
        long sealedEnd,
        long nextRow) {
    public TableChanges {
        sealed = List.copyOf(sealed);
        removed = List.copyOf(removed);
        kills = List.copyOf(kills);
    }

    /// A dead row of a sealed segment.
    public record Kill(long segment, long row) {}
}
