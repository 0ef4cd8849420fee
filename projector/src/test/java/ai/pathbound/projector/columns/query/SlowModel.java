package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Value;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Answers of the obvious kind: every row, one at a time, with collections.
final class SlowModel {
    private final Map<Long, Map<String, Value>> rows;
    private final Function<Operand, Function<Map<String, Value>, Optional<Value>>> derived;

    SlowModel(Map<Long, Map<String, Value>> rows,
            Function<Operand, Function<Map<String, Value>, Optional<Value>>> derived) {
        this.rows = rows;
        this.derived = derived;
    }

    private Optional<Value> value(Operand operand, Map<String, Value> row) {
        return operand instanceof Operand.Field(String name)
                ? Optional.ofNullable(row.get(name))
                : derived.apply(operand).apply(row);
    }

    private Map<String, Value> row(long number) {
        return Objects.requireNonNull(rows.get(number));
    }

    private boolean passes(Filter filter, Map<String, Value> row) {
        return switch (filter) {
            case Filter.All(List<Filter> filters) -> filters.stream().allMatch(f -> passes(f, row));
            case Filter.Any(List<Filter> filters) -> filters.stream().anyMatch(f -> passes(f, row));
            case Filter.Not(Filter inner) -> !passes(inner, row);
            case Filter.Exists(Operand operand) -> value(operand, row).isPresent();
            case Filter.In(Operand operand, Set<Value> values, boolean ignoreCase) -> value(
                    operand,
                    row)
                    .filter(
                            value -> values.stream()
                                    .anyMatch(
                                            wanted -> wanted.canonical().equals(value)
                                                    || (ignoreCase
                                                            && wanted instanceof Value.Text(String a)
                                                            && value instanceof Value.Text(String b)
                                                            && lower(a).equals(lower(b)))))
                    .isPresent();
            case Filter.Range range -> value(range.operand(), row)
                    .filter(value -> inRange(range, value))
                    .isPresent();
            case Filter.Contains(Operand operand, String part) -> value(operand, row)
                    .filter(
                            value -> value instanceof Value.Text(String text)
                                    && lower(text).contains(lower(part)))
                    .isPresent();
            case Filter.HasMember(Operand operand, String member) -> value(operand, row)
                    .filter(
                            value -> value instanceof Value.Json(String json)
                                    && json.contains("\"" + member + "\""))
                    .isPresent();
            case Filter.InCodes in -> throw new IllegalArgumentException(
                    "codes mean nothing here: " + in);
        };
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static boolean inRange(Filter.Range range, Value value) {
        Optional<BigDecimal> number = comparable(value);
        boolean isTime = value instanceof Value.Time;
        boolean wantsTime = range.from().or(range::to).orElseThrow() instanceof Value.Time;
        if (number.isEmpty() || isTime != wantsTime) {
            return false;
        }
        int from = range.from()
                .map(end -> number.get().compareTo(comparable(end).orElseThrow()))
                .orElse(1);
        int to = range.to()
                .map(end -> number.get().compareTo(comparable(end).orElseThrow()))
                .orElse(-1);
        return (from > 0 || (from == 0 && range.fromInclusive()))
                && (to < 0 || (to == 0 && range.toInclusive()));
    }

    private static Optional<BigDecimal> comparable(Value value) {
        return switch (value) {
            case Value.Whole(long number) -> Optional.of(BigDecimal.valueOf(number));
            case Value.Floating(double number) -> Optional.of(new BigDecimal(number));
            case Value.Time(long millis) -> Optional.of(BigDecimal.valueOf(millis));
            case Value.Text _,Value.Json _,Value.Bool _ -> Optional.empty();
        };
    }

    long count(Filter filter) {
        return rows.values().stream().filter(row -> passes(filter, row)).count();
    }

    List<Long> page(PageQuery query) {
        List<Long> found = new ArrayList<>();
        rows.forEach((number, row) -> {
            if (passes(query.filter(), row)) {
                found.add(number);
            }
        });
        Comparator<Long> order = (_, _) -> 0;
        for (PageQuery.Sort sort : query.sorts()) {
            Comparator<Value> values = sort.exact()
                    ? SlowModel::compareExactly
                    : SlowModel::compareSorted;
            Comparator<Value> directed = sort.descending() ? values.reversed() : values;
            order = order.thenComparing(
                    (Long one, Long other) -> missingLast(
                            value(sort.operand(), row(one)),
                            value(sort.operand(), row(other)),
                            directed));
        }
        found.sort(order.thenComparing(Comparator.naturalOrder()));
        return found.stream().skip(query.offset()).limit(query.limit()).toList();
    }

    private static int missingLast(Optional<Value> one,
            Optional<Value> other,
            Comparator<Value> order) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        return order.compare(one.get(), other.get());
    }

    private static int rank(Value value) {
        return switch (value) {
            case Value.Whole _,Value.Floating _ -> 0;
            case Value.Time _ -> 1;
            case Value.Bool _ -> 2;
            case Value.Text _ -> 3;
            case Value.Json _ -> 4;
        };
    }

    private static int compareSorted(Value one, Value other) {
        if (rank(one) != rank(other)) {
            return rank(one) - rank(other);
        }
        if (one instanceof Value.Bool(boolean a) && other instanceof Value.Bool(boolean b)) {
            return Boolean.compare(a, b);
        }
        if (comparable(one).isPresent()) {
            return comparable(one).orElseThrow().compareTo(comparable(other).orElseThrow());
        }
        return lower(text(one)).compareTo(lower(text(other)));
    }

    private static int compareExactly(Value one, Value other) {
        return one instanceof Value.Text(String left) && other instanceof Value.Text(String right)
                ? left.compareTo(right)
                : compareSorted(one, other);
    }

    private static int compareKeys(Value one, Value other) {
        int order = compareSorted(one, other);
        return order == 0 && rank(one) >= 3 ? text(one).compareTo(text(other)) : order;
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Json(String text) -> text;
            case Value.Whole _,Value.Floating _,Value.Time _,Value.Bool _ -> "";
        };
    }

    private Optional<Value> key(Key key, Map<String, Value> row) {
        Optional<Value> value = value(key.operand(), row);
        return switch (key) {
            case Key.Values _ -> value;
            case Key.Bucket(Operand _, TimeUnit unit, ZoneId zone) -> time(value, zone)
                    .map(at -> new Value.Time(bucket(at, unit).toEpochMilli()));
            case Key.HourOfDay(Operand _, ZoneId zone) -> time(value, zone)
                    .map(at -> new Value.Whole(at.getHour()));
            case Key.DayOfWeek(Operand _, ZoneId zone) -> time(value, zone)
                    .map(at -> new Value.Whole(at.getDayOfWeek().getValue()));
        };
    }

    private static Optional<ZonedDateTime> time(Optional<Value> value, ZoneId zone) {
        return value.flatMap(
                v -> v instanceof Value.Time time
                        ? Optional.of(time.instant().atZone(zone))
                        : Optional.empty());
    }

    private static Instant bucket(ZonedDateTime at, TimeUnit unit) {
        return switch (unit) {
            case HOUR -> at.toInstant()
                    .minusSeconds(at.getMinute() * 60L + at.getSecond())
                    .minusNanos(at.getNano());
            case DAY -> at.toLocalDate().atStartOfDay(at.getZone()).toInstant();
            case WEEK -> {
                var day = at.toLocalDate();
                while (day.getDayOfWeek() != DayOfWeek.MONDAY) {
                    day = day.minusDays(1);
                }
                yield day.atStartOfDay(at.getZone()).toInstant();
            }
            case MONTH -> at.toLocalDate().withDayOfMonth(1).atStartOfDay(at.getZone()).toInstant();
        };
    }

    GroupResult group(GroupQuery query) {
        Map<List<Optional<Value>>, List<Map<String, Value>>> groups = new HashMap<>();
        List<Map<String, Value>> all = new ArrayList<>();
        for (Map<String, Value> row : rows.values()) {
            if (passes(query.filter(), row)) {
                all.add(row);
                groups.computeIfAbsent(
                        query.keys().stream().map(key -> key(key, row)).toList(),
                        _ -> new ArrayList<>()).add(row);
            }
        }
        if (query.keys().isEmpty() && groups.isEmpty()) {
            groups.put(List.of(), List.of());
        }
        List<GroupResult.Group> sorted = new ArrayList<>();
        groups.forEach(
                (key, members) -> sorted.add(new GroupResult.Group(key, metrics(query, members))));
        sorted.sort(order(query));
        List<GroupResult.Group> shown = sorted.stream().limit(query.limit()).toList();
        List<Map<String, Value>> others = new ArrayList<>();
        sorted.stream()
                .skip(query.limit())
                .forEach(group -> others.addAll(groups.get(group.key())));
        return new GroupResult(shown,
                sorted.size(),
                shown.size() < sorted.size() ? metrics(query, others) : List.of(),
                metrics(query, all),
                all.size(),
                Map.of());
    }

    private static Comparator<GroupResult.Group> order(GroupQuery query) {
        Comparator<GroupResult.Group> order = (_, _) -> 0;
        for (GroupQuery.Order by : query.order()) {
            Comparator<Value> values = by.descending()
                    ? ((Comparator<Value>) SlowModel::compareKeys).reversed()
                    : SlowModel::compareKeys;
            order = order.thenComparing((one, other) -> switch (by) {
                case GroupQuery.Order.ByKey(int index, boolean _) -> missingLast(
                        one.key().get(index),
                        other.key().get(index),
                        values);
                case GroupQuery.Order.ByMetric(int index, boolean _) -> missingLast(
                        one.metrics().get(index),
                        other.metrics().get(index),
                        values);
            });
        }
        for (int k = 0; k < query.keys().size(); k++) {
            int index = k;
            order = order.thenComparing(
                    (one, other) -> missingLast(
                            one.key().get(index),
                            other.key().get(index),
                            SlowModel::compareKeys));
        }
        return order;
    }

    private List<Optional<Value>> metrics(GroupQuery query, List<Map<String, Value>> members) {
        return query.metrics().stream().map(metric -> metric(metric, members)).toList();
    }

    private Optional<Value> metric(Metric metric, List<Map<String, Value>> members) {
        return switch (metric) {
            case Metric.Count _ -> Optional.of(Value.number(members.size()));
            case Metric.CountDistinct(Operand operand) -> Optional
                    .of(Value.number(new HashSet<>(present(operand, members)).size()));
            case Metric.Sum(Operand operand) -> sum(numbers(operand, members));
            case Metric.Avg(Operand operand) -> {
                List<Value> numbers = numbers(operand, members);
                yield sum(numbers).map(
                        sum -> Value.number(
                                comparable(sum).orElseThrow().doubleValue() / numbers.size()));
            }
            case Metric.Min(Operand operand) -> sorted(operand, members).stream().findFirst();
            case Metric.Max(Operand operand) -> sorted(operand, members).reversed()
                    .stream()
                    .findFirst();
        };
    }

    private List<Value> present(Operand operand, List<Map<String, Value>> members) {
        return members.stream().flatMap(row -> value(operand, row).stream()).toList();
    }

    private List<Value> numbers(Operand operand, List<Map<String, Value>> members) {
        return present(operand, members).stream().filter(value -> rank(value) == 0).toList();
    }

    private static Optional<Value> sum(List<Value> numbers) {
        if (numbers.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal sum = numbers.stream()
                .map(number -> comparable(number).orElseThrow())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean isWhole = numbers.stream().allMatch(number -> number instanceof Value.Whole);
        return Optional
                .of(isWhole ? Value.number(sum.longValueExact()) : Value.number(sum.doubleValue()));
    }

    private List<Value> sorted(Operand operand, List<Map<String, Value>> members) {
        List<Value> numbers = numbers(operand, members);
        List<Value> of = numbers.isEmpty()
                ? present(operand, members).stream().filter(value -> rank(value) == 1).toList()
                : numbers;
        return of.stream().sorted(SlowModel::compareKeys).toList();
    }
}
