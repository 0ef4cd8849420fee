package ai.pathbound.projector.columns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The writer's sealed segments in the order of row numbers, and what has to be stored of them.
final class SealedParts {
    private final int rowsPerSegment;
    private final List<WrittenPart> parts = new ArrayList<>();
    private final List<Segment> sealed = new ArrayList<>();
    private final List<Long> removed = new ArrayList<>();
    private final List<TableChanges.Kill> kills = new ArrayList<>();
    private long nextId;

    SealedParts(int rowsPerSegment) {
        this.rowsPerSegment = rowsPerSegment;
    }

    /// Puts back a stored segment; they come in the order of row numbers.
    void restore(Segment segment) {
        parts.add(new WrittenPart(segment));
        nextId = Math.max(nextId, segment.id() + 1);
    }

    void seal(Tail tail) {
        tail.seal(nextId).ifPresent(segment -> {
            nextId++;
            parts.add(new WrittenPart(segment));
            sealed.add(segment);
        });
    }

    /// Whether the row was here and alive.
    boolean kill(long row) {
        int low = 0;
        int high = parts.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            WrittenPart part = parts.get(middle);
            RowNumbers numbers = part.rows().numbers();
            if (row < numbers.first()) {
                high = middle - 1;
            } else if (row > numbers.last()) {
                low = middle + 1;
            } else {
                int position = numbers.find(row);
                boolean killed = position >= 0 && part.kill(position);
                if (killed) {
                    kills.add(new TableChanges.Kill(((Segment) part.rows()).id(), row));
                }
                return killed;
            }
        }
        return false;
    }

    void publish(List<Part> view) {
        compact();
        parts.forEach(part -> view.add(part.publish()));
    }

    /// What changed since the last call.
    TableChanges changes(long sealedEnd, long nextRow) {
        List<Long> gone = new ArrayList<>(removed);
        kills.removeIf(kill -> gone.contains(kill.segment()));
        // Sealed and rewritten between two publishes: never stored.
        sealed.removeIf(segment -> gone.remove(segment.id()));
        TableChanges changes = new TableChanges(sealed, gone, kills, sealedEnd, nextRow);
        sealed.clear();
        removed.clear();
        kills.clear();
        return changes;
    }

    /// Writes anew the first run of neighbours that is half dead, or small enough to become one segment.
    /// At most one segment's worth of rows, so no publish does unbounded work.
    private void compact() {
        for (int first = 0; first < parts.size(); first++) {
            int end = first;
            long live = 0;
            while (end < parts.size() && isWasteful(parts.get(end))
                    && live + parts.get(end).live() <= rowsPerSegment) {
                live += parts.get(end).live();
                end++;
            }
            if (end - first > 1 || (end > first && isHalfDead(parts.get(first)))) {
                rewrite(parts.subList(first, end));
                return;
            }
        }
    }

    private boolean isWasteful(WrittenPart part) {
        return isHalfDead(part) || part.live() < rowsPerSegment / 2;
    }

    private static boolean isHalfDead(WrittenPart part) {
        return part.dead() * 2 >= part.size();
    }

    private void rewrite(List<WrittenPart> old) {
        Gathering gathering = new Gathering(rowsPerSegment);
        for (WrittenPart part : old) {
            gathering.add(part);
            removed.add(((Segment) part.rows()).id());
        }
        Optional<Segment> segment = gathering.segment(nextId);
        old.clear();
        segment.ifPresent(written -> {
            nextId++;
            old.add(new WrittenPart(written));
            sealed.add(written);
        });
    }
}
