package ai.pathbound.projector.columns.query;

import java.util.List;

/// Row numbers of a page, and how many rows passed in all.
public record PageResult(List<Long> rows, long total) {
    public PageResult {
        rows = List.copyOf(rows);
    }
}
