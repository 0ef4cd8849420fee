package ai.pathbound.projector;

import ai.pathbound.projector.query.Question.Aggregate;
import ai.pathbound.projector.query.Question.Condition;
import ai.pathbound.projector.query.Question.Entity;
import ai.pathbound.projector.query.Question.Interval;
import ai.pathbound.projector.query.Question.MetricSpec;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Aggregations the slow and obvious way: rows one by one into a map of lists.
final class PlainGroups {
    private final Aggregate question;
    private final List<PlainRow> rows;

    PlainGroups(PlainSets sets, Aggregate question) {
        this.question = question;
        List<PlainRow> all = switch (question.entity()) {
            case CONTACTS -> sets.contacts();
            case COMPANIES -> sets.companies();
            case EVENTS -> sets.events();
        };
        rows = all.stream()
                .filter(row -> PlainSets.in(question.range(), row, time()))
                .filter(row -> question.conditions().stream().allMatch(c -> passes(row, c)))
                .toList();
    }

    /// A group: its key and its metrics.
    record Group(List<Optional<Object>> key, List<Optional<Object>> metrics) {
        /// As in [#shown(List)].
        String shown() {
            return shown(key) + " -> " + shown(metrics);
        }

        static String shown(List<Optional<Object>> values) {
            return values.stream().map(PlainValues::json).toList().toString();
        }
    }

    int total() {
        return rows.size();
    }

    List<Optional<Object>> totals() {
        return metrics(rows);
    }

    /// All groups in order, without empty buckets.
    List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        members().forEach((key, members) -> groups.add(new Group(key, metrics(members))));
        if (question.groupBy().isEmpty() && question.interval().isEmpty() && groups.isEmpty()) {
            groups.add(new Group(List.of(), metrics(List.of())));
        }
        groups.sort(order());
        return groups;
    }

    /// Metrics of the groups that are not shown, over their rows.
    List<Optional<Object>> other(List<Group> hidden) {
        Map<List<Optional<Object>>, List<PlainRow>> members = members();
        return metrics(
                hidden.stream()
                        .flatMap(group -> members.getOrDefault(group.key(), List.of()).stream())
                        .toList());
    }

    private Map<List<Optional<Object>>, List<PlainRow>> members() {
        Map<List<Optional<Object>>, List<PlainRow>> members = new LinkedHashMap<>();
        for (PlainRow row : rows) {
            List<Optional<Object>> key = new ArrayList<>();
            question.groupBy().forEach(name -> key.add(key(row, name)));
            question.interval().ifPresent(interval -> key.add(Optional.of(bucket(row, interval))));
            members.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
        }
        return members;
    }

    private String time() {
        return question.entity() == Entity.EVENTS ? "timestamp" : "created_at";
    }

    private Optional<Object> key(PlainRow row, String name) {
        ZonedDateTime at = ((Instant) row.get(time()).orElseThrow()).atZone(question.zone());
        return switch (name) {
            case "hour_of_day" -> Optional.of((long) at.getHour());
            case "day_of_week" -> Optional.of((long) at.getDayOfWeek().getValue());
            default -> row.get(name);
        };
    }

    private String bucket(PlainRow row, Interval interval) {
        return shown(start((Instant) row.get(time()).orElseThrow(), interval, question.zone()));
    }

    private String shown(Instant start) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME
                .format(start.atZone(question.zone()).toOffsetDateTime());
    }

    static Instant start(Instant at, Interval interval, ZoneId zone) {
        LocalDate day = at.atZone(zone).toLocalDate();
        return switch (interval) {
            // Of zones whose offsets are whole hours.
            case HOUR -> at.truncatedTo(ChronoUnit.HOURS);
            case DAY -> day.atStartOfDay(zone).toInstant();
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                    .atStartOfDay(zone)
                    .toInstant();
            case MONTH -> day.withDayOfMonth(1).atStartOfDay(zone).toInstant();
        };
    }

    /// All bucket starts of a series as shown, from the range's beginning, or the first row's, to the
    /// range's end, or the last row's.
    List<String> buckets(Interval interval) {
        List<Instant> times = rows.stream()
                .map(row -> (Instant) row.get(time()).orElseThrow())
                .sorted()
                .toList();
        if (times.isEmpty() && (question.range().from().isEmpty()
                || question.range().to().isEmpty())) {
            return List.of();
        }
        Instant at = question.range().from().orElseGet(times::getFirst);
        Instant to = question.range().to().orElseGet(() -> times.getLast().plusMillis(1));
        List<String> buckets = new ArrayList<>();
        // Half an hour is shorter than any bucket.
        for (; at.isBefore(to); at = at.plusSeconds(1800)) {
            String bucket = shown(start(at, interval, question.zone()));
            if (buckets.isEmpty() || !buckets.getLast().equals(bucket)) {
                buckets.add(bucket);
            }
        }
        String last = shown(start(to.minusMillis(1), interval, question.zone()));
        if (!buckets.isEmpty() && !buckets.getLast().equals(last)) {
            buckets.add(last);
        }
        return buckets;
    }

    private Comparator<Group> order() {
        List<String> keys = new ArrayList<>(question.groupBy());
        question.interval().ifPresent(_ -> keys.add("bucket"));
        List<String> metrics = question.metrics().stream().map(MetricSpec::name).toList();
        boolean isSeries = question.groupBy().isEmpty() && question.interval().isPresent();
        Comparator<Group> order;
        if (question.sortBy().isEmpty()) {
            order = isSeries ? byKey(0, false) : byMetric(0, true);
        } else {
            String by = question.sortBy().get();
            order = metrics.contains(by)
                    ? byMetric(metrics.indexOf(by), question.descending())
                    : byKey(keys.indexOf(by), question.descending());
        }
        for (int i = 0; i < keys.size(); i++) {
            order = order.thenComparing(byKey(i, false));
        }
        return order;
    }

    private Comparator<Group> byKey(int index, boolean descending) {
        // Buckets are shown with an offset, which is no order: compare their instants.
        boolean isBucket = index == question.groupBy().size();
        return (one, other) -> missingLast(
                one.key().get(index).map(value -> isBucket ? instant(value) : value),
                other.key().get(index).map(value -> isBucket ? instant(value) : value),
                descending);
    }

    private static Object instant(Object shown) {
        return OffsetDateTime.parse(shown.toString()).toInstant();
    }

    private static Comparator<Group> byMetric(int index, boolean descending) {
        return (one, other) -> missingLast(
                one.metrics().get(index),
                other.metrics().get(index),
                descending);
    }

    private static int missingLast(Optional<Object> one,
            Optional<Object> other,
            boolean descending) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        int order = PlainValues.ORDER.compare(one.get(), other.get());
        return descending ? -order : order;
    }

    private List<Optional<Object>> metrics(List<PlainRow> members) {
        return question.metrics().stream().map(metric -> metric(metric, members)).toList();
    }

    private static Optional<Object> metric(MetricSpec metric, List<PlainRow> members) {
        if (metric.field().isEmpty()) {
            return Optional.of((long) members.size());
        }
        List<Object> values = members.stream()
                .flatMap(row -> row.get(metric.field().get()).stream())
                .toList();
        List<BigDecimal> numbers = values.stream()
                .filter(PlainValues::isNumber)
                .map(PlainValues::decimal)
                .toList();
        Optional<BigDecimal> sum = numbers.stream().reduce(BigDecimal::add);
        return switch (metric.op()) {
            case COUNT, COUNT_DISTINCT -> Optional.of(values.stream().distinct().count());
            case SUM -> sum.map(PlainGroups::number);
            case AVG -> sum.map(s -> number(BigDecimal.valueOf(s.doubleValue() / numbers.size())));
            case MIN -> numbersOrTimes(values).min(PlainValues.ORDER);
            case MAX -> numbersOrTimes(values).max(PlainValues.ORDER);
        };
    }

    private static Stream<Object> numbersOrTimes(List<Object> values) {
        return values.stream().anyMatch(PlainValues::isNumber)
                ? values.stream().filter(PlainValues::isNumber)
                : values.stream().filter(Instant.class::isInstance);
    }

    private static Object number(BigDecimal number) {
        return Optional.ofNullable(PlainValues.of(number.doubleValue())).orElseThrow();
    }

    private static boolean passes(PlainRow row, Condition condition) {
        if (condition.field().equals("segment_id")) {
            boolean isIn = condition.values().stream().anyMatch(id -> row.segments().contains(id));
            return switch (condition.operator()) {
                case NE, NOT_IN -> !isIn;
                case EXISTS -> !row.segments().isEmpty();
                case MISSING -> row.segments().isEmpty();
                case EQ, IN, CONTAINS, GT, GTE, LT, LTE -> isIn;
            };
        }
        Optional<Object> value = row.get(condition.field());
        return switch (condition.operator()) {
            case EQ, IN -> isOneOf(value, condition);
            case NE, NOT_IN -> !isOneOf(value, condition);
            case EXISTS -> value.isPresent();
            case MISSING -> value.isEmpty();
            case CONTAINS -> value.orElse(0) instanceof String text
                    && text.toLowerCase(Locale.ROOT)
                            .contains(condition.values()
                                    .getFirst()
                                    .toString()
                                    .toLowerCase(Locale.ROOT));
            case GT -> compared(value, condition).filter(order -> order > 0).isPresent();
            case GTE -> compared(value, condition).filter(order -> order >= 0).isPresent();
            case LT -> compared(value, condition).filter(order -> order < 0).isPresent();
            case LTE -> compared(value, condition).filter(order -> order <= 0).isPresent();
        };
    }

    /// Quoted numbers and truth values count as themselves too.
    private static boolean isOneOf(Optional<Object> value, Condition condition) {
        boolean exact = condition.field().equals("event") || condition.field().endsWith("_id");
        return value.isPresent() && condition.values().stream().anyMatch(wanted -> {
            String text = wanted.toString();
            return switch (value.get()) {
                case Number number -> isNumber(text)
                        && PlainValues.decimal(number).compareTo(new BigDecimal(text)) == 0;
                case Instant at -> at.equals(time(text));
                case String actual -> exact ? actual.equals(text) : actual.equalsIgnoreCase(text);
                case Boolean truth -> truth.toString().equalsIgnoreCase(text);
                default -> false;
            };
        });
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]+([.][0-9]+)?");
    }

    private static Optional<Integer> compared(Optional<Object> value, Condition condition) {
        String end = condition.values().getFirst().toString();
        return switch (value.orElse("")) {
            case Number number when isNumber(end) -> Optional
                    .of(PlainValues.decimal(number).compareTo(new BigDecimal(end)));
            case Instant at -> Optional.of(at.compareTo(time(end)));
            default -> Optional.empty();
        };
    }

    private static Instant time(String text) {
        return text.length() == 10
                ? Instant.parse(text + "T00:00:00Z")
                : OffsetDateTime.parse(text).toInstant();
    }
}
