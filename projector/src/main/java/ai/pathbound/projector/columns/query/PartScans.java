package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Splits work over the parts of a view. Parts are taken in their order, last first where the first
/// sort descends: the newest rows are the likely winners, and they rule the others out.
public final class PartScans {
    private final Workers workers;

    PartScans(Workers workers) {
        this.workers = workers;
    }

    public static PartScans onCallersThread() {
        return new PartScans(Workers.NONE);
    }

    <T> List<T> each(List<Part> parts, Function<Part, T> scan) {
        return workers.split(parts, run -> run.stream().map(scan).toList())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    <T> List<T> groups(List<Part> parts, List<PageQuery.Sort> sorts, Function<List<Part>, T> scan) {
        List<Part> ordered = new ArrayList<>(parts);
        if (!sorts.isEmpty() && sorts.getFirst().descending()) {
            ordered = ordered.reversed();
        }
        return workers.split(ordered, scan);
    }

    <T> List<T> split(List<Part> parts, Function<List<Part>, T> scan) {
        return workers.split(parts, scan);
    }
}
