package ai.pathbound.projector;

import ai.pathbound.projector.query.Question.Aggregate;
import ai.pathbound.projector.query.Question.Condition;
import ai.pathbound.projector.query.Question.Entity;
import ai.pathbound.projector.query.Question.Interval;
import ai.pathbound.projector.query.Question.MetricOp;
import ai.pathbound.projector.query.Question.MetricSpec;
import ai.pathbound.projector.query.Question.Operator;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Random aggregations.
final class SetAggregates {
    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");

    private final Random random;
    private final PlainSets sets;

    SetAggregates(Random random, PlainSets sets) {
        this.random = random;
        this.sets = sets;
    }

    Aggregate any() {
        Entity entity = one(List.of(Entity.values()));
        Optional<Interval> interval = random.nextInt(3) == 0
                ? Optional.of(one(List.of(Interval.values())))
                : Optional.empty();
        List<String> keys = distinct(random.nextInt(interval.isPresent() ? 3 : 4), keys(entity));
        List<MetricSpec> metrics = metrics(entity);
        List<String> sorts = new ArrayList<>(keys);
        interval.ifPresent(_ -> sorts.add("bucket"));
        metrics.forEach(metric -> sorts.add(metric.name()));
        List<Condition> conditions = new ArrayList<>();
        while (random.nextInt(3) == 0) {
            conditions.add(condition(entity));
        }
        return new Aggregate(entity, keys, interval, random.nextInt(4) == 0
                ? ZoneOffset.UTC
                : MADRID, metrics, conditions, new SetFilters(random).range(),
                random.nextBoolean() ? Optional.of(one(sorts)) : Optional.empty(),
                random.nextBoolean(), random.nextInt(3) == 0 ? 1 + random.nextInt(6) : 1000);
    }

    private static List<String> keys(Entity entity) {
        List<String> keys = new ArrayList<>(fields(entity));
        keys.addAll(List.of("hour_of_day", "day_of_week"));
        return keys;
    }

    private static List<String> fields(Entity entity) {
        return switch (entity) {
            case CONTACTS -> List.of(
                    "score",
                    "company_id",
                    "company.industry",
                    "city",
                    "vip",
                    "tags",
                    "creation_source",
                    "utm_source",
                    "enriched_at",
                    "created_at",
                    "contact_id",
                    "firstname");
            case COMPANIES -> List.of(
                    "industry",
                    "country",
                    "employee_count",
                    "company_id",
                    "name",
                    "created_at");
            case EVENTS -> List.of(
                    "event",
                    "contact_id",
                    "company_id",
                    "contact.city",
                    "company.industry",
                    "is_bot",
                    "plan",
                    "amount",
                    "utm_source",
                    "url",
                    "path",
                    "domain",
                    "browser",
                    "visitor_id",
                    "session_id",
                    "title",
                    "timestamp",
                    "accepted_at");
        };
    }

    private List<MetricSpec> metrics(Entity entity) {
        List<MetricSpec> metrics = new ArrayList<>();
        metrics.add(new MetricSpec(MetricOp.COUNT, Optional.empty()));
        while (random.nextInt(2) == 0) {
            MetricOp op = one(List.of(MetricOp.values()));
            MetricSpec metric = new MetricSpec(op,
                    op == MetricOp.COUNT ? Optional.empty() : Optional.of(one(fields(entity))));
            if (!metrics.contains(metric)) {
                metrics.add(metric);
            }
        }
        return random.nextBoolean() ? metrics : metrics.reversed();
    }

    private Condition condition(Entity entity) {
        if (entity == Entity.CONTACTS && random.nextInt(5) == 0) {
            Operator operator = one(
                    List.of(
                            Operator.EQ,
                            Operator.NE,
                            Operator.IN,
                            Operator.NOT_IN,
                            Operator.EXISTS,
                            Operator.MISSING));
            return new Condition("segment_id", operator, List.of("seg_" + random.nextInt(3)));
        }
        String field = one(fields(entity));
        Operator operator = one(List.of(Operator.values()));
        return switch (operator) {
            case EXISTS, MISSING -> new Condition(field, operator, List.of());
            case EQ, NE -> new Condition(field, operator, List.of(value(entity, field)));
            case IN, NOT_IN -> new Condition(field, operator,
                    List.of(value(entity, field), value(entity, field)));
            case CONTAINS -> new Condition(field, operator,
                    List.of(one(List.of("a", "S", "1", "acme"))));
            case GT, GTE, LT, LTE -> new Condition(field, operator, List.of(end(field)));
        };
    }

    /// A value the field has somewhere, now and then quoted or in capitals.
    private Object value(Entity entity, String field) {
        List<PlainRow> rows = switch (entity) {
            case CONTACTS -> sets.contacts();
            case COMPANIES -> sets.companies();
            case EVENTS -> sets.events();
        };
        List<Object> values = rows.stream().flatMap(row -> row.get(field).stream()).toList();
        Object value = values.isEmpty() ? "nothing" : one(values);
        return switch (value) {
            case Number number -> random.nextBoolean() ? number : number.toString();
            case Boolean truth -> random.nextBoolean() ? truth : truth.toString();
            case String text when random.nextInt(3) == 0 -> text.toUpperCase(java.util.Locale.ROOT);
            default -> value.toString();
        };
    }

    private Object end(String field) {
        if (field.endsWith("_at") || field.equals("timestamp")) {
            return one(List.of("2026-06-01", "2026-06-01T02:13:00+02:00", "2026-10-25T01:00:00Z"));
        }
        return one(List.<Object>of(3L, 2.5, "2", 0L));
    }

    private List<String> distinct(int count, List<String> from) {
        List<String> left = new ArrayList<>(from);
        List<String> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(left.remove(random.nextInt(left.size())));
        }
        return some;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
