package ai.pathbound.bench.events;

import ai.pathbound.bench.events.Shape.Ask;
import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.query.Filter;
import ai.pathbound.projector.columns.query.GroupQuery;
import ai.pathbound.projector.columns.query.GroupQuery.Order;
import ai.pathbound.projector.columns.query.Key;
import ai.pathbound.projector.columns.query.Metric;
import ai.pathbound.projector.columns.query.Operand;
import ai.pathbound.projector.columns.query.TimeUnit;
import ai.pathbound.projector.tables.ColumnNames;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// The eight kinds of questions.
final class Shapes {
    private static final List<Metric> COUNT = List.of(Metric.COUNT);
    private static final Instant WEEK_END = Fixture.END.minus(Duration.ofDays(1));
    private static final Instant WEEK_START = WEEK_END.minus(Duration.ofDays(7));
    private static final Instant QUARTER_END = Fixture.END.minus(Duration.ofDays(10));
    private static final Instant QUARTER_START = QUARTER_END.minus(Duration.ofDays(90));

    private Shapes() {}

    static List<Shape> all(Operand owner) {
        return List.of(
                byEvent(),
                week(),
                byContact(owner),
                distinctContacts(owner),
                byDay(),
                byDevice(),
                sums(),
                substring());
    }

    static Shape byEvent() {
        return new Shape("by event", grouped(Filter.EVERYTHING, Key.values("event"), COUNT, 50),
                "SELECT event, count(*) FROM events GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50");
    }

    /// A bounded range of time: history before it should cost nothing.
    static Shape week() {
        Filter filter = new Filter.All(List.of(between(WEEK_START, WEEK_END), event()));
        return new Shape("by URL, 7 days of one event",
                grouped(filter, Key.values(ColumnNames.URL), COUNT, 50),
                """
                        SELECT url, count(*) FROM events
                        WHERE happened_at >= TIMESTAMPTZ '%s' AND happened_at < TIMESTAMPTZ '%s' AND event = 'event_1'
                        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50"""
                        .formatted(WEEK_START, WEEK_END));
    }

    static Shape byContact(Operand owner) {
        Filter filter = new Filter.All(
                List.of(
                        Filter.equal(ColumnNames.DOMAIN, Value.text("domain_3.test")),
                        new Filter.Exists(owner)));
        return new Shape("by contact in one domain, top 20",
                grouped(filter, new Key.Values(owner), COUNT, 20), """
                        SELECT contact_id, count(*) FROM events
                        WHERE domain = 'domain_3.test' AND contact_id IS NOT NULL
                        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20""");
    }

    static Shape distinctContacts(Operand owner) {
        return new Shape("distinct contacts by event",
                grouped(
                        Filter.EVERYTHING,
                        Key.values("event"),
                        List.of(new Metric.CountDistinct(owner)),
                        50),
                """
                        SELECT event, count(DISTINCT contact_id) FROM events
                        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50""");
    }

    static Shape byDay() {
        return new Shape("by day in Madrid, 90 days",
                grouped(
                        between(QUARTER_START, QUARTER_END),
                        Key.bucket(
                                ColumnNames.TIMESTAMP,
                                TimeUnit.DAY,
                                ZoneId.of("Europe/Madrid")),
                        COUNT,
                        100),
                """
                        SELECT epoch_ms(timezone('Europe/Madrid', day)), n FROM (
                          SELECT date_trunc('day', timezone('Europe/Madrid', happened_at)) AS day,
                            count(*) AS n
                          FROM events WHERE happened_at >= TIMESTAMPTZ '%s' AND happened_at < TIMESTAMPTZ '%s'
                          GROUP BY 1) AS days
                        ORDER BY 2 DESC, 1 LIMIT 100"""
                        .formatted(QUARTER_START, QUARTER_END));
    }

    static Shape byDevice() {
        Filter filter = new Filter.All(
                List.of(event(), Filter.equal(ColumnNames.IS_BOT, Value.bool(false))));
        return new Shape("by browser, os, device, two filters",
                new Ask.Grouped(
                        new GroupQuery(filter,
                                List.of(
                                        Key.values(ColumnNames.BROWSER),
                                        Key.values(ColumnNames.OS),
                                        Key.values(ColumnNames.DEVICE_TYPE)),
                                COUNT, mostFirst(), 50)),
                """
                        SELECT browser, os, device_type, count(*) FROM events
                        WHERE event = 'event_1' AND NOT is_bot
                        GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3 LIMIT 50""");
    }

    static Shape sums() {
        Operand amount = Operand.field(EngineEvents.AMOUNT);
        return new Shape("sum and mean of amount by UTM source",
                grouped(
                        Filter.EVERYTHING,
                        Key.values(EngineEvents.UTM_SOURCE),
                        List.of(new Metric.Sum(amount), new Metric.Avg(amount)),
                        50),
                """
                        SELECT utm_source, sum(amount)::BIGINT, avg(amount) FROM events
                        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50""");
    }

    private static Shape substring() {
        return new Shape("count with a URL substring",
                new Ask.Counted(
                        new Filter.Contains(new Operand.Field(ColumnNames.URL), "/PATH-12")),
                "SELECT count(*) FROM events WHERE contains(lower(url), '/path-12')");
    }

    private static Filter event() {
        return Filter.equal(ColumnNames.EVENT, Value.text("event_1"));
    }

    private static Filter between(Instant from, Instant to) {
        return Filter.between(ColumnNames.TIMESTAMP, Value.time(from), Value.time(to));
    }

    private static Ask grouped(Filter filter, Key key, List<Metric> metrics, int limit) {
        return new Ask.Grouped(
                new GroupQuery(filter, List.of(key), metrics, mostFirst(), limit));
    }

    private static List<Order> mostFirst() {
        return List.of(new Order.ByMetric(0, true));
    }
}
