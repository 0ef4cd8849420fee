package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The answer to a group query.
///
/// @param groups as ordered, at most the limit
/// @param totalGroups how many groups there are
/// @param other metrics of the groups beyond the limit together; empty if there are none
/// @param totals metrics of all rows together; distinct values counted once
/// @param rows how many rows passed the filter
/// @param estimated metrics, by index, whose values are estimates, and their relative standard error;
///        twice that error holds in 95 of 100 cases. All others are exact
public record GroupResult(List<Group> groups,
        long totalGroups,
        List<Optional<Value>> other,
        List<Optional<Value>> totals,
        long rows,
        Map<Integer, Double> estimated) {
    public GroupResult {
        groups = List.copyOf(groups);
        other = List.copyOf(other);
        totals = List.copyOf(totals);
        estimated = Map.copyOf(estimated);
    }

    /// One group: a value for each key, empty where it is missing, and one for each metric.
    public record Group(List<Optional<Value>> key, List<Optional<Value>> metrics) {
        public Group {
            key = List.copyOf(key);
            metrics = List.copyOf(metrics);
        }
    }
}
