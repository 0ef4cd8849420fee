package ai.pathbound.projector.topology;

import java.util.ArrayList;
import java.util.List;

/// Records of one partition that wait to be applied. While more are known to follow, so many are applied
/// as one: their documents are looked up together, and they share one progress row and one row for all
/// entities whose stored column rows they make old.
final class ChangeBatch {
    /// Beyond this what they share is hardly noticed.
    private static final int RECORDS_MAX = 128;
    private static final int BYTES_MAX = 1 << 20;

    private final List<ReadRecord> records = new ArrayList<>();
    private int bytes;

    void add(ReadRecord read) {
        records.add(read);
        bytes += read.bytes();
    }

    boolean isFull() {
        return records.size() >= RECORDS_MAX || bytes >= BYTES_MAX;
    }

    /// The records in the order they came; none wait afterwards.
    List<ReadRecord> take() {
        List<ReadRecord> taken = List.copyOf(records);
        records.clear();
        bytes = 0;
        return taken;
    }
}
