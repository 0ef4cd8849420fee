package ai.pathbound.bench.columns;

import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Table;
import ai.pathbound.projector.columns.TableSettings;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.query.Deadline;
import ai.pathbound.projector.columns.query.Filter;
import ai.pathbound.projector.columns.query.GroupQuery;
import ai.pathbound.projector.columns.query.GroupQuery.Order;
import ai.pathbound.projector.columns.query.GroupResult;
import ai.pathbound.projector.columns.query.Key;
import ai.pathbound.projector.columns.query.Metric;
import ai.pathbound.projector.columns.query.Operand;
import ai.pathbound.projector.columns.query.QueryEngine;
import ai.pathbound.projector.columns.query.TimeUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// Times the eight shapes of questions over generated events, with and without the memory of earlier
/// answers, and the bytes an event takes. Both ways must give the same answer.
///
/// Run: `java -Xmx6g ai.pathbound.bench.columns.EightQuestions 10000000`
public final class EightQuestions {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SPAN = Duration.ofDays(180);
    private static final int ROUNDS = 15;

    private EightQuestions() {}

    static void main(String[] arguments) {
        int events = arguments.length == 0 ? 10_000_000 : Integer.parseInt(arguments[0]);
        long began = System.nanoTime();
        Dictionary contacts = new Dictionary();
        Table table = new Table(TableSettings.sharing(Map.of("contact", contacts)));
        fill(table, events);
        TableView view = table.view();
        long dictionaries = 0;
        for (Dictionary dictionary : view.dictionaries().values()) {
            dictionaries += dictionary.retainedBytes();
        }
        System.out.printf(
                "%d events in %d s; per event %.1f bytes of segments, %.1f of dictionaries%n",
                events,
                (System.nanoTime() - began) / 1_000_000_000,
                (double) view.retainedBytes() / events,
                (double) dictionaries / events);
        int threads = Runtime.getRuntime().availableProcessors();
        try (var executor = Executors.newFixedThreadPool(threads)) {
            QueryEngine cold = QueryEngine.parallel(executor, threads, 0);
            QueryEngine warm = QueryEngine.parallel(executor, threads, 256L << 20);
            questions().forEach((name, question) -> measure(name, question, view, cold, warm));
        }
    }

    private static void measure(String name,
            Function<Asked, Object> question,
            TableView view,
            QueryEngine cold,
            QueryEngine warm) {
        Object expected = question.apply(new Asked(cold, view));
        if (!expected.equals(question.apply(new Asked(warm, view)))) {
            throw new IllegalStateException(name + ": answers differ");
        }
        System.out.printf(
                "%-45s cold %7.2f ms  warm %7.2f ms%n",
                name,
                median(question, new Asked(cold, view)),
                median(question, new Asked(warm, view)));
    }

    private static double median(Function<Asked, Object> question, Asked asked) {
        double[] millis = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            var _ = question.apply(asked);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        java.util.Arrays.sort(millis);
        return millis[ROUNDS / 2];
    }

    /// An engine and what it is asked about.
    private record Asked(QueryEngine engine, TableView view) {
        GroupResult group(Filter filter, List<Key> keys, List<Metric> metrics, int limit) {
            List<Order> order = List.of(new Order.ByMetric(0, true));
            return engine.group(
                    view,
                    new GroupQuery(filter, keys, metrics, order, limit),
                    Deadline.none());
        }
    }

    private static Map<String, Function<Asked, Object>> questions() {
        Map<String, Function<Asked, Object>> questions = new LinkedHashMap<>();
        List<Metric> count = List.of(Metric.COUNT);
        Instant end = START.plus(SPAN);
        Filter lastWeek = Filter.between(
                "timestamp",
                Value.time(end.minus(Duration.ofDays(8))),
                Value.time(end.minus(Duration.ofDays(1))));
        Filter quarter = Filter.between(
                "timestamp",
                Value.time(end.minus(Duration.ofDays(100))),
                Value.time(end.minus(Duration.ofDays(10))));
        Filter views = Filter.equal("event", Value.text("event_1"));
        questions.put(
                "by event",
                asked -> asked.group(Filter.EVERYTHING, List.of(Key.values("event")), count, 50));
        questions.put(
                "by URL, 7 days of one event type",
                asked -> asked.group(
                        new Filter.All(List.of(lastWeek, views)),
                        List.of(Key.values("url")),
                        count,
                        50));
        questions.put(
                "by contact in one domain, top 20",
                asked -> asked.group(
                        Filter.equal("domain", Value.text("domain_3.test")),
                        List.of(Key.values("contact")),
                        count,
                        20));
        questions.put(
                "distinct contacts by event",
                asked -> asked.group(
                        Filter.EVERYTHING,
                        List.of(Key.values("event")),
                        List.of(Metric.distinct("contact")),
                        50));
        questions.put(
                "by day in Madrid over 90 days",
                asked -> asked.group(
                        quarter,
                        List.of(Key.bucket("timestamp", TimeUnit.DAY, ZoneId.of("Europe/Madrid"))),
                        count,
                        100));
        questions.put(
                "by browser, os, device with two filters",
                asked -> asked.group(
                        new Filter.All(
                                List.of(views, Filter.equal("is_bot", Value.bool(false)))),
                        List.of(
                                Key.values("browser"),
                                Key.values("os"),
                                Key.values("device_type")),
                        count,
                        50));
        questions.put(
                "sum and mean of amount by UTM source",
                asked -> asked.group(
                        Filter.EVERYTHING,
                        List.of(Key.values("utm_source")),
                        List.of(
                                Metric.sum("amount"),
                                new Metric.Avg(new Operand.Field("amount"))),
                        50));
        questions.put(
                "count with a URL substring",
                asked -> asked.engine()
                        .count(
                                asked.view(),
                                new Filter.Contains(new Operand.Field("url"), "/PATH-12"),
                                Deadline.none()));
        return questions;
    }

    private static void fill(Table table, int events) {
        Random random = new Random(42);
        for (int i = 0; i < events; i++) {
            Map<String, Value> row = new HashMap<>();
            long millis = SPAN.toMillis() * i / events + random.nextInt(60_000);
            int visitor = (int) (1_000_000 * Math.pow(random.nextDouble(), 2));
            int url = skewed(random, 5_000);
            row.put("event", Value.text("event_" + skewed(random, 20)));
            row.put("timestamp", Value.time(START.plusMillis(millis)));
            row.put("url", Value.text("https://domain_" + url % 10 + ".test/path-" + url));
            row.put("domain", Value.text("domain_" + url % 10 + ".test"));
            row.put("title", Value.text("Page " + url));
            row.put("referring_domain", Value.text("ref_" + skewed(random, 300) + ".test"));
            row.put("browser", Value.text("browser_" + skewed(random, 8)));
            row.put("os", Value.text("os_" + skewed(random, 6)));
            row.put("device_type", Value.text("device_" + skewed(random, 3)));
            row.put("is_bot", Value.bool(random.nextInt(50) == 0));
            row.put("visitor", Value.text("v_" + visitor));
            if (visitor % 3 != 0) {
                row.put("contact", Value.text("ct_" + visitor / 5));
            }
            if (random.nextInt(4) == 0) {
                row.put("utm_source", Value.text("utm_" + skewed(random, 30)));
            }
            if (random.nextInt(5) == 0) {
                row.put("amount", Value.number(random.nextInt(10_000)));
            }
            table.append(row);
        }
        table.publish();
    }

    private static int skewed(Random random, int values) {
        return (int) (values * Math.pow(random.nextDouble(), 3));
    }
}
