package ai.pathbound.projector.columns.query;

import java.util.List;

/// Rows that pass a filter, grouped, with numbers for each group.
///
/// @param keys at most 3; none gives one group
/// @param order first decides; ties and an empty order go by keys ascending
/// @param limit groups returned; the rest is summed up in `other`
public record GroupQuery(Filter filter,
        List<Key> keys,
        List<Metric> metrics,
        List<Order> order,
        int limit) {
    public static final int KEYS_MAX = 3;

    public GroupQuery {
        keys = List.copyOf(keys);
        metrics = List.copyOf(metrics);
        order = List.copyOf(order);
        if (keys.size() > KEYS_MAX) {
            throw new IllegalArgumentException("at most 3 keys: " + keys.size());
        }
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be positive: " + limit);
        }
    }

    /// By a key or a metric, given by its index; missing values last either way.
    public sealed interface Order {
        boolean descending();

        record ByKey(int index, boolean descending) implements Order {}

        record ByMetric(int index, boolean descending) implements Order {}
    }
}
