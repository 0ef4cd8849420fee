package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the answer of a full group table: the best groups in order, the rest summed up.
final class GroupAnswer {
    private final TableView view;
    private final GroupQuery query;
    private final GroupShape shape;
    private final GroupTable table;

    GroupAnswer(TableView view, GroupQuery query, GroupShape shape, GroupTable table) {
        this.view = view;
        this.query = query;
        this.shape = shape;
        this.table = table;
    }

    GroupResult result() {
        List<Integer> best = new GroupOrder(table, this::compare).best(query.limit(), query);
        boolean[] isShown = new boolean[table.groups()];
        List<GroupResult.Group> groups = new ArrayList<>();
        for (int group : best) {
            isShown[group] = true;
            groups.add(new GroupResult.Group(keys(group), metrics(table, group)));
        }
        GroupTable sums = new GroupTable(shape);
        int total = sums.anyGroup();
        GroupTable others = new GroupTable(shape);
        int other = others.anyGroup();
        boolean isCountOnly = shape.isCountOnly();
        boolean isCut = best.size() < table.groups();
        for (int group = 0; group < table.groups() && !isCountOnly; group++) {
            if (isCut && !isShown[group]) {
                others.mergeGroup(other, table, group);
            }
            sums.mergeGroup(total, table, group);
        }
        if (isCountOnly) {
            sums.addCount(total, table.countAll());
            others.addCount(other,
                    table.countAll() - best.stream().mapToLong(table::count).sum());
        }
        return new GroupResult(groups,
                table.groups(),
                isCut ? metrics(others, other) : List.of(),
                metrics(sums, total),
                sums.count(total),
                estimated());
    }

    private Map<Integer, Double> estimated() {
        Map<Integer, Double> estimated = new HashMap<>();
        for (int i = 0; i < query.metrics().size(); i++) {
            if (query.metrics().get(i) instanceof Metric.CountDistinct(Operand operand)
                    && table.distinct(shape.distincts().indexOf(operand)).isEstimated()) {
                estimated.put(i, Estimates.RELATIVE_ERROR);
            }
        }
        return estimated;
    }

    private int compare(int one, int other) {
        for (GroupQuery.Order order : query.order()) {
            int result = switch (order) {
                case GroupQuery.Order.ByKey(int index, boolean descending) -> byKey(
                        index,
                        one,
                        other,
                        descending);
                case GroupQuery.Order.ByMetric(int index, boolean descending) -> byMetric(
                        query.metrics().get(index),
                        one,
                        other,
                        descending);
            };
            if (result != 0) {
                return result;
            }
        }
        for (int k = 0; k < query.keys().size(); k++) {
            int result = byKey(k, one, other, false);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    private int byKey(int index, int one, int other, boolean descending) {
        int tag = table.tag(one, index);
        if (tag == Kind.TEXT.tag() && tag == table.tag(other, index)) {
            // Without making texts of them: there may be very many groups.
            Dictionary texts = Objects.requireNonNull(
                    dictionary(query.keys().get(index).operand(), Kind.TEXT));
            int left = (int) table.payload(one, index);
            int right = (int) table.payload(other, index);
            int order = texts.compareIgnoringCase(left, right);
            order = order != 0 ? order : texts.compare(left, right);
            return descending ? -order : order;
        }
        return ValueOrder.compare(key(one, index), key(other, index), descending);
    }

    private int byMetric(Metric metric, int one, int other, boolean descending) {
        if (metric instanceof Metric.Count) {
            int result = Long.compare(table.count(one), table.count(other));
            return descending ? -result : result;
        }
        return ValueOrder.compare(
                shape.value(metric, table, one),
                shape.value(metric, table, other),
                descending);
    }

    private List<Optional<Value>> metrics(GroupTable of, int group) {
        return query.metrics().stream().map(metric -> shape.value(metric, of, group)).toList();
    }

    private List<Optional<Value>> keys(int group) {
        List<Optional<Value>> keys = new ArrayList<>();
        for (int k = 0; k < query.keys().size(); k++) {
            keys.add(key(group, k));
        }
        return keys;
    }

    private Optional<Value> key(int group, int index) {
        int tag = table.tag(group, index);
        if (tag == 0) {
            return Optional.empty();
        }
        Kind kind = Kind.ofTag(tag);
        long payload = table.payload(group, index);
        return Optional.of(
                kind.isCoded()
                        ? Part.coded(
                                kind,
                                dictionary(query.keys().get(index).operand(), kind),
                                (int) payload)
                        : kind.value(payload));
    }

    private @Nullable Dictionary dictionary(Operand operand, Kind kind) {
        return switch (operand) {
            case Operand.Field(String name) -> view.dictionary(new ColumnId(name, kind));
            case Operand.Mapped(Operand _, CodeMap map) -> map.target();
            case Operand.Owner owner -> owner.claims().target();
        };
    }
}
