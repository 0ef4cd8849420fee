package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Value;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Generated questions about the tables of `History`.
final class Questions {
    private static final List<String> FIELDS = List.of(
            "event",
            "at",
            "url",
            "mixed",
            "amount",
            "bot",
            "contact",
            "visitor",
            "segments",
            "rare",
            "big",
            "always",
            "nowhere");
    private static final List<String> ZONES = List
            .of("UTC", "Europe/Madrid", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe");
    private static final Instant START = Instant.parse("2026-03-25T00:00:00Z");

    private static final List<TimeUnit> UNITS = List.of(TimeUnit.values());

    private final Random random;
    private final List<Operand> derived;

    Questions(Random random, List<Operand> derived) {
        this.random = random;
        this.derived = derived;
    }

    private Operand operand() {
        int choice = random.nextInt(FIELDS.size() + derived.size());
        return choice < FIELDS.size()
                ? new Operand.Field(FIELDS.get(choice))
                : derived.get(choice - FIELDS.size());
    }

    Filter filter(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0 -> new Filter.In(operand(), values(), random.nextBoolean());
            case 1 -> new Filter.Exists(operand());
            case 2 ->
                new Filter.Contains(operand(), pick("PAGE", "1", "", "ct_1", "x.test/2", "É"));
            case 3 -> new Filter.HasMember(operand(), pick("a", "b", "zz"));
            case 4 -> range(
                    Value.time(START.plusMillis(random.nextLong(8 * 86_400_000L))),
                    Value.time(START.plusMillis(random.nextLong(8 * 86_400_000L))));
            case 5 -> range(number(), number());
            case 6 -> Filter.EVERYTHING;
            case 7 -> new Filter.All(List.of(filter(depth - 1), filter(depth - 1)));
            case 8 -> new Filter.Any(List.of(filter(depth - 1), filter(depth - 1)));
            default -> new Filter.Not(filter(depth - 1));
        };
    }

    private Filter range(Value from, Value to) {
        boolean hasFrom = random.nextBoolean();
        Operand operand = random.nextBoolean()
                ? operand()
                : new Operand.Field(from instanceof Value.Time ? "at" : pick("amount", "big"));
        return new Filter.Range(operand,
                hasFrom ? Optional.of(from) : Optional.empty(),
                random.nextBoolean(),
                !hasFrom || random.nextBoolean() ? Optional.of(to) : Optional.empty(),
                random.nextBoolean());
    }

    private Value number() {
        return switch (random.nextInt(5)) {
            case 0 -> Value.number(random.nextInt(20) * 0.25);
            case 1 -> Value.number((1L << 53) + random.nextInt(3));
            case 2 -> Value.number(-random.nextInt(1000));
            case 3 -> Value.number(0x1p60 * random.nextInt(20) - 0x1p63);
            default -> Value.number(random.nextInt(20));
        };
    }

    private Set<Value> values() {
        List<Value> all = List.of(
                Value.text("page_view"),
                Value.text("CLICK"),
                Value.text("É"),
                Value.text(""),
                Value.text("5"),
                Value.number(5),
                new Value.Floating(5.0),
                Value.number(0.25),
                Value.bool(true),
                Value.bool(false),
                Value.text("ct_3"),
                Value.text("co_1"),
                Value.text("V_7"),
                Value.text("nowhere"),
                Value.time(START.plusSeconds(1)),
                Value.json("[\"a\",5]"),
                Value.json("[]"));
        List<Value> some = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            some.add(all.get(random.nextInt(all.size())));
        }
        return Set.copyOf(some.stream().distinct().toList());
    }

    private String pick(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private Key key() {
        Operand operand = random.nextInt(3) == 0 ? operand() : new Operand.Field("at");
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        return switch (random.nextInt(6)) {
            case 0 -> new Key.Bucket(operand,
                    UNITS.get(random.nextInt(UNITS.size())),
                    zone);
            case 1 -> new Key.HourOfDay(operand, zone);
            case 2 -> new Key.DayOfWeek(operand, zone);
            default -> new Key.Values(operand());
        };
    }

    private Metric metric() {
        return switch (random.nextInt(6)) {
            case 0 -> Metric.COUNT;
            case 1 -> new Metric.CountDistinct(operand());
            case 2 -> new Metric.Sum(operand());
            case 3 -> new Metric.Avg(operand());
            case 4 -> new Metric.Min(operand());
            default -> new Metric.Max(operand());
        };
    }

    GroupQuery group() {
        List<Key> keys = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            keys.add(key());
        }
        List<Metric> metrics = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            metrics.add(metric());
        }
        List<GroupQuery.Order> order = new ArrayList<>();
        if (!keys.isEmpty() && random.nextBoolean()) {
            order.add(
                    new GroupQuery.Order.ByKey(random.nextInt(keys.size()), random.nextBoolean()));
        }
        if (!metrics.isEmpty() && random.nextBoolean()) {
            order.addFirst(
                    new GroupQuery.Order.ByMetric(random.nextInt(metrics.size()),
                            random.nextBoolean()));
        }
        return new GroupQuery(filter(2), keys, metrics, order, 1 + random.nextInt(30));
    }

    PageQuery page() {
        List<PageQuery.Sort> sorts = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            sorts.add(new PageQuery.Sort(operand(), random.nextBoolean(), random.nextBoolean()));
        }
        return new PageQuery(filter(1), sorts, random.nextInt(50), 1 + random.nextInt(30));
    }
}
