package ai.pathbound.projector.columns.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Finds the first groups of an order without sorting the others. Where the order begins with a count,
/// most groups are ruled out by comparing two numbers.
final class GroupOrder {
    private final GroupTable table;
    private final Comparator<Integer> order;

    GroupOrder(GroupTable table, Comparator<Integer> order) {
        this.table = table;
        this.order = order;
    }

    /// The first groups in order.
    List<Integer> best(int limit, GroupQuery query) {
        int sign = countSign(query);
        PriorityQueue<Integer> worstFirst = new PriorityQueue<>(order.reversed());
        // What a group's signed count must reach to be looked at.
        long bar = Long.MIN_VALUE;
        for (int group = 0; group < table.groups(); group++) {
            if (sign * table.count(group) < bar) {
                continue;
            }
            if (worstFirst.size() < limit) {
                worstFirst.add(group);
            } else if (order.compare(group, worstFirst.element()) < 0) {
                worstFirst.remove();
                worstFirst.add(group);
            }
            if (sign != 0 && worstFirst.size() == limit) {
                bar = sign * table.count(worstFirst.element());
            }
        }
        List<Integer> best = new ArrayList<>(worstFirst);
        best.sort(order);
        return best;
    }

    /// 1 if the order begins with the largest counts, -1 with the smallest, 0 with something else.
    private static int countSign(GroupQuery query) {
        return !query.order().isEmpty()
                && query.order()
                        .getFirst() instanceof GroupQuery.Order.ByMetric(int index, boolean descending)
                && query.metrics().get(index) instanceof Metric.Count ? descending ? 1 : -1 : 0;
    }
}
