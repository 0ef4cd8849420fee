package ai.pathbound.projector.answer;

import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.query.Filter;
import ai.pathbound.projector.columns.query.GroupQuery;
import ai.pathbound.projector.columns.query.GroupResult;
import ai.pathbound.projector.columns.query.Key;
import ai.pathbound.projector.columns.query.Metric;
import ai.pathbound.projector.columns.query.Operand;
import ai.pathbound.projector.columns.query.TimeUnit;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question.Aggregate;
import ai.pathbound.projector.query.Question.Condition;
import ai.pathbound.projector.query.Question.Interval;
import ai.pathbound.projector.query.Question.MetricSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Groups with metrics over any field.
final class AggregateAnswers {
    static final String BUCKET = "bucket";
    static final String HOUR_OF_DAY = "hour_of_day";
    static final String DAY_OF_WEEK = "day_of_week";

    private final SetQuery query;
    private final Aggregate question;
    private final Fields fields;
    private final Conditions conditions;

    AggregateAnswers(SetQuery query, Aggregate question) {
        this.query = query;
        this.question = question;
        fields = new Fields(question.entity(), query.tables(), query.engine());
        conditions = new Conditions(fields);
    }

    Answer answer() {
        try {
            GroupResult result = query.group(
                    fields.table(),
                    new GroupQuery(filter(), keys(), metrics(), List.of(order()),
                            question.limit()));
            return new Answer.Found(JsonText.object(json -> write(json, result)),
                    query.freshness());
        } catch (InvalidArgument e) {
            return new Answer.Invalid(e.field(), e.getMessage());
        }
    }

    private Filter filter() throws InvalidArgument {
        Filters filters = new Filters();
        filters.range(fields.time(), question.range());
        for (Condition condition : question.conditions()) {
            filters.add(conditions.filter(condition));
        }
        return filters.build();
    }

    private List<Key> keys() throws InvalidArgument {
        List<Key> keys = new ArrayList<>();
        Operand time = Operand.field(fields.time());
        for (String name : question.groupBy()) {
            keys.add(switch (name) {
                case HOUR_OF_DAY -> new Key.HourOfDay(time, question.zone());
                case DAY_OF_WEEK -> new Key.DayOfWeek(time, question.zone());
                default -> new Key.Values(conditions.operand("group_by", name));
            });
        }
        question.interval()
                .ifPresent(
                        interval -> keys
                                .add(new Key.Bucket(time, unit(interval), question.zone())));
        return keys;
    }

    static TimeUnit unit(Interval interval) {
        return switch (interval) {
            case HOUR -> TimeUnit.HOUR;
            case DAY -> TimeUnit.DAY;
            case WEEK -> TimeUnit.WEEK;
            case MONTH -> TimeUnit.MONTH;
        };
    }

    private List<Metric> metrics() throws InvalidArgument {
        List<Metric> metrics = new ArrayList<>();
        for (MetricSpec spec : question.metrics()) {
            metrics.add(metric(spec));
        }
        return metrics;
    }

    private Metric metric(MetricSpec spec) throws InvalidArgument {
        if (spec.field().isEmpty()) {
            return Metric.COUNT;
        }
        Operand operand = conditions.operand("metrics", spec.field().get());
        return switch (spec.op()) {
            case COUNT, COUNT_DISTINCT -> new Metric.CountDistinct(operand);
            case SUM -> new Metric.Sum(operand);
            case AVG -> new Metric.Avg(operand);
            case MIN -> new Metric.Min(operand);
            case MAX -> new Metric.Max(operand);
        };
    }

    /// The given order; else buckets in the order of time, and other groups by the first metric.
    private GroupQuery.Order order() throws InvalidArgument {
        List<String> keys = keyNames();
        List<String> metrics = question.metrics().stream().map(MetricSpec::name).toList();
        if (question.sortBy().isEmpty()) {
            return isSeries()
                    ? new GroupQuery.Order.ByKey(0, false)
                    : new GroupQuery.Order.ByMetric(0, true);
        }
        String wanted = question.sortBy().get();
        if (metrics.contains(wanted)) {
            return new GroupQuery.Order.ByMetric(metrics.indexOf(wanted), question.descending());
        }
        if (keys.contains(wanted)) {
            return new GroupQuery.Order.ByKey(keys.indexOf(wanted), question.descending());
        }
        List<String> all = new ArrayList<>(metrics);
        all.addAll(keys);
        throw new InvalidArgument("sort",
                "'" + wanted + "' is none of " + String.join(", ", all));
    }

    private boolean isSeries() {
        return question.groupBy().isEmpty() && question.interval().isPresent();
    }

    private List<String> keyNames() {
        List<String> names = new ArrayList<>(question.groupBy());
        question.interval().ifPresent(_ -> names.add(BUCKET));
        return names;
    }

    private void write(JsonText json, GroupResult result) {
        List<GroupResult.Group> groups = shown(result);
        json.text("entity", question.entity().name().toLowerCase(Locale.ROOT));
        json.texts("group_by", question.groupBy());
        question.interval().ifPresent(interval -> {
            json.text("interval", interval.name().toLowerCase(Locale.ROOT));
            json.text("timezone", question.zone().getId());
        });
        json.objects("groups", groups, group -> {
            json.object("key", () -> key(json, group.key()));
            metrics(json, group.metrics());
        });
        json.number("returned", groups.size());
        json.number("total_groups", Math.max(groups.size(), result.totalGroups()));
        json.flag("truncated", result.totalGroups() > groups.size());
        if (!result.other().isEmpty()) {
            json.object("other", () -> metrics(json, result.other()));
        }
        json.object("totals", () -> metrics(json, result.totals()));
        json.number("total", result.rows());
        Approximate.write(
                json,
                result.estimated(),
                question.metrics().stream().map(MetricSpec::name).toList());
    }

    /// A series in the order of time gets its empty buckets; in another order they would stand nowhere.
    private List<GroupResult.Group> shown(GroupResult result) {
        Optional<String> by = question.sortBy();
        boolean byTime = by.isEmpty() || by.get().equals(BUCKET);
        if (!isSeries() || !byTime || result.totalGroups() > question.limit()) {
            return result.groups();
        }
        boolean backwards = by.isPresent() && question.descending();
        return Series.filled(result,
                question.interval().map(AggregateAnswers::unit),
                question.zone(),
                question.range(),
                question.limit(),
                question.metrics())
                .map(filled -> backwards ? filled.reversed() : filled)
                .orElse(result.groups());
    }

    private void key(JsonText json, List<Optional<Value>> key) {
        List<String> names = keyNames();
        for (int i = 0; i < names.size(); i++) {
            boolean bucket = names.get(i).equals(BUCKET) && i == names.size() - 1
                    && question.interval().isPresent();
            if (bucket && key.get(i).orElse(null) instanceof Value.Time at) {
                json.text(BUCKET, Series.start(at.instant(), question.zone()));
            } else {
                json.value(names.get(i), key.get(i));
            }
        }
    }

    private void metrics(JsonText json, List<Optional<Value>> values) {
        for (int i = 0; i < values.size(); i++) {
            json.value(question.metrics().get(i).name(), values.get(i));
        }
    }
}
