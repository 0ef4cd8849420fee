package ai.pathbound.projector.answer;

import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.query.Filter;
import ai.pathbound.projector.columns.query.GroupQuery;
import ai.pathbound.projector.columns.query.GroupResult;
import ai.pathbound.projector.columns.query.Key;
import ai.pathbound.projector.columns.query.Metric;
import ai.pathbound.projector.columns.query.Operand;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question.EventStats;
import ai.pathbound.projector.query.Question.Interval;
import ai.pathbound.projector.query.Question.MetricOp;
import ai.pathbound.projector.query.Question.MetricSpec;
import ai.pathbound.projector.tables.ColumnNames;
import ai.pathbound.projector.tables.Joins;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Counts over events.
final class EventNumbers {
    /// The numbers of the totals, in their order.
    private static final List<String> UNIQUES = List
            .of("total_events", "unique_contacts", "unique_visitors");
    private static final int NAMES_MAX = 1000;
    private static final int TOP_URLS = 10;
    private static final int BUCKETS_MAX = 2400;
    private static final List<MetricSpec> COUNT = List
            .of(new MetricSpec(MetricOp.COUNT, Optional.empty()));

    private final SetQuery query;

    EventNumbers(SetQuery query) {
        this.query = query;
    }

    /// The event names with their number and when they were first and last seen.
    Answer types() {
        Operand time = Operand.field(ColumnNames.TIMESTAMP);
        GroupResult result = query.group(
                query.tables().events(),
                new GroupQuery(Filter.EVERYTHING, List.of(Key.values(ColumnNames.EVENT)),
                        List.of(Metric.COUNT, new Metric.Min(time), new Metric.Max(time)),
                        List.of(new GroupQuery.Order.ByMetric(0, true)), NAMES_MAX));
        return new Answer.Found(
                JsonText.object(json -> json.objects("event_types", result.groups(), group -> {
                    json.value("event", group.key().getFirst());
                    json.value("count", group.metrics().get(0));
                    json.value("first_seen", group.metrics().get(1));
                    json.value("last_seen", group.metrics().get(2));
                })), query.freshness());
    }

    Answer stats(EventStats question) {
        Joins joins = query.tables().joins();
        Filters filters = new Filters().add(Filters.of(question.filter(), joins));
        filters.is(joins.ownersCompany(), question.companyId());
        Filter all = filters.build();
        long bots = query.count(
                query.tables().events(),
                new Filter.All(
                        List.of(all, Filter.equal(ColumnNames.IS_BOT, Value.bool(true)))));
        Filter shown = question.includeBots()
                ? all
                : new Filter.All(
                        List.of(all, Filter.equal(ColumnNames.IS_BOT, Value.bool(false))));
        GroupResult totals = group(
                shown,
                List.of(),
                List.of(
                        Metric.COUNT,
                        new Metric.CountDistinct(joins.owner()),
                        Metric.distinct(ColumnNames.VISITOR_ID)),
                1);
        long identified = query.count(
                query.tables().events(),
                new Filter.All(List.of(shown, new Filter.Exists(joins.owner()))));
        return new Answer.Found(JsonText.object(json -> json.object("stats", () -> {
            json.number("total_events", totals.rows());
            json.value("unique_contacts", totals.totals().get(1));
            json.value("unique_visitors", totals.totals().get(2));
            json.number("identified_events", identified);
            json.number("anonymous_events", totals.rows() - identified);
            json.number("bot_events", bots);
            Approximate.write(json, totals.estimated(), UNIQUES);
            counts(json,
                    "by_type",
                    "event",
                    group(shown,
                            List.of(Key.values(ColumnNames.EVENT)),
                            List.of(Metric.COUNT),
                            NAMES_MAX));
            counts(json,
                    "top_urls",
                    "url",
                    group(
                            new Filter.All(
                                    List.of(
                                            shown,
                                            new Filter.Exists(Operand.field(ColumnNames.URL)))),
                            List.of(Key.values(ColumnNames.URL)),
                            List.of(Metric.COUNT),
                            TOP_URLS));
            question.interval().ifPresent(interval -> series(json, question, shown, interval));
        })), query.freshness());
    }

    private void series(JsonText json, EventStats question, Filter shown, Interval interval) {
        GroupResult result = query.group(
                query.tables().events(),
                new GroupQuery(shown,
                        List.of(
                                Key.bucket(ColumnNames.TIMESTAMP,
                                        AggregateAnswers.unit(interval),
                                        question.zone())),
                        List.of(Metric.COUNT), List.of(new GroupQuery.Order.ByKey(0, false)),
                        BUCKETS_MAX));
        json.text("interval", interval.name().toLowerCase(Locale.ROOT));
        json.text("timezone", question.zone().getId());
        json.objects(
                "series",
                Series.filled(
                        result,
                        Optional.of(AggregateAnswers.unit(interval)),
                        question.zone(),
                        question.filter().range(),
                        BUCKETS_MAX,
                        COUNT).orElse(result.groups()),
                group -> {
                    if (group.key().getFirst().orElse(null) instanceof Value.Time at) {
                        json.text("bucket", Series.start(at.instant(), question.zone()));
                    }
                    json.value("count", group.metrics().getFirst());
                });
        json.flag("series_truncated", result.totalGroups() > BUCKETS_MAX);
    }

    private GroupResult group(Filter filter, List<Key> keys, List<Metric> metrics, int limit) {
        return query.group(
                query.tables().events(),
                new GroupQuery(filter, keys, metrics,
                        List.of(new GroupQuery.Order.ByMetric(0, true)), limit));
    }

    private static void counts(JsonText json, String name, String keyName, GroupResult result) {
        json.objects(name, result.groups(), group -> {
            json.value(keyName, group.key().getFirst());
            json.value("count", group.metrics().getFirst());
        });
    }
}
