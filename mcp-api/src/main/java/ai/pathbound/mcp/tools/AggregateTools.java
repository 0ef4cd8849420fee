package ai.pathbound.mcp.tools;

import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.Entity;
import ai.pathbound.projector.query.Question.MetricOp;
import ai.pathbound.projector.query.Question.MetricSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Grouping and measuring.
@Component
@Order(5)
final class AggregateTools implements ToolFamily {
    private static final int METRICS_MAX = 10;
    private static final int KEYS_MAX = 3;

    @Override
    public List<Tool> tools() {
        return List.of(new Tool.Read(aggregate(), AggregateTools::question));
    }

    private static ToolDefinition aggregate() {
        return new ToolDefinition("aggregate_data", "Aggregate data",
                """
                        Groups contacts, companies or events and measures each group, exactly unless the \
                        answer says approximate. group_by: up to 3 fields, any property too (name or properties.name); events also hour_of_day, \
                        day_of_week, utm_source, contact_id, company_id, contact.<property> and \
                        company.<property>; contacts also company.<property>. metrics: {op, field} with op count, \
                        count_distinct, sum, avg, min, max; default count. filters: {field: value} or \
                        {field: {op: value}} with op eq, ne, in, not_in, gt, gte, lt, lte, contains, exists, \
                        missing; also segment_id, identified_only, include_bots. interval adds time buckets \
                        in timezone; a series alone has no gaps. Groups beyond limit are summed up in other. \
                        Unknown fields are named with the nearest one that exists. Example: {"entity": \
                        "events", "group_by": ["utm_source"], "metrics": [{"op": "count"}, {"op": \
                        "count_distinct", "field": "contact_id"}], "filters": {"event": "page_view", \
                        "url": {"contains": "/pricing"}}, "date_after": "2026-06-01"}.""",
                new Access.ByArgument("entity",
                        Map.of(
                                "contacts",
                                ContactTools.READ,
                                "companies",
                                CompanyTools.READ,
                                "events",
                                EventTools.READ)),
                Hints.READ,
                List.of(
                        Parameter.word(
                                "entity",
                                "What is grouped.",
                                "contacts",
                                "companies",
                                "events").mandatory(),
                        Parameter.texts("group_by", "Up to 3 fields.", 0, KEYS_MAX)
                                .or(List.of()),
                        Parameter.list("metrics", "Such as {op: sum, field: amount}.", METRICS_MAX)
                                .or(List.of()),
                        Parameter.object("filters", "Conditions, all of which must hold."),
                        Definitions.DATE_AFTER,
                        Definitions.DATE_BEFORE,
                        Zones.INTERVAL,
                        Zones.TIMEZONE,
                        Parameter.object("sort", "{by: metric or field, dir: asc or desc}."),
                        Parameter.integer("limit", "Most groups.", 1, 1000, 50),
                        Changes.SINCE),
                Shapes.object(
                        "groups",
                        Shapes.array(Shapes.object("key", Shapes.OPEN)),
                        "returned",
                        Shapes.COUNT,
                        "total_groups",
                        Shapes.COUNT,
                        "total",
                        Shapes.COUNT,
                        "totals",
                        Shapes.OPEN,
                        "approximate",
                        Shapes.OPEN,
                        "truncated",
                        Shapes.FLAG,
                        "unchanged",
                        Shapes.FLAG));
    }

    private static Question question(Arguments arguments) throws BadArguments {
        AggregateFilters filters = AggregateFilters.of(
                arguments.raw("filters") instanceof Map<?, ?> given ? given : Map.of(),
                arguments.range("date_after", "date_before"));
        List<String> keys = arguments.texts("group_by");
        boolean series = arguments.has("interval");
        if (keys.size() + (series ? 1 : 0) > KEYS_MAX) {
            throw new BadArguments(
                    FieldProblem.of("group_by", "has at most 2 fields beside an interval"));
        }
        Map<?, ?> sort = arguments.raw("sort") instanceof Map<?, ?> given ? given : Map.of();
        checkMembers("sort", sort, List.of("by", "dir"));
        return new Question.Aggregate(
                Entity.valueOf(arguments.text("entity").toUpperCase(Locale.ROOT)), keys,
                Zones.interval(arguments), Zones.zone(arguments),
                metrics(arguments.raw("metrics")), filters.conditions(), filters.range(),
                name("sort", sort.get("by")),
                descending(sort.get("dir")), arguments.integer("limit"));
    }

    private static boolean descending(@Nullable Object dir) throws BadArguments {
        if (dir == null || dir.equals("desc")) {
            return true;
        }
        if (dir.equals("asc")) {
            return false;
        }
        throw new BadArguments(FieldProblem.of("sort", "has a dir that is not asc or desc"));
    }

    private static List<MetricSpec> metrics(@Nullable Object raw) throws BadArguments {
        List<MetricSpec> metrics = new ArrayList<>();
        for (Object item : raw instanceof List<?> list ? list : List.of()) {
            MetricSpec metric = switch (item) {
                // Words are forgiven: "count", "sum:amount".
                case String word when word.indexOf(':') > 0 -> metric(
                        word.substring(0, word.indexOf(':')),
                        word.substring(word.indexOf(':') + 1));
                case String word -> metric(word, null);
                case Map<?, ?> object -> {
                    checkMembers("metrics", object, List.of("op", "field"));
                    yield metric(object.get("op"), object.get("field"));
                }
                default -> throw new BadArguments(
                        FieldProblem.of("metrics", "must hold objects {op, field}"));
            };
            if (!metrics.contains(metric)) {
                metrics.add(metric);
            }
        }
        return metrics.isEmpty()
                ? List.of(new MetricSpec(MetricOp.COUNT, Optional.empty()))
                : metrics;
    }

    private static MetricSpec metric(@Nullable Object op, @Nullable Object field)
            throws BadArguments {
        List<String> known = Arrays.stream(MetricOp.values())
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .toList();
        String word = String.valueOf(op);
        if (!known.contains(word)) {
            throw new BadArguments(
                    new FieldProblem("metrics",
                            "must have an op that is one of " + String.join(", ", known)
                                    + "; not '" + Clip.to(80, word) + "'",
                            Spelling.nearest(word, known).map(Object.class::cast)));
        }
        MetricOp operator = MetricOp.valueOf(word.toUpperCase(Locale.ROOT));
        if (operator != MetricOp.COUNT && field == null) {
            throw new BadArguments(FieldProblem.of("metrics", "needs a field for " + word));
        }
        return new MetricSpec(operator,
                operator == MetricOp.COUNT
                        ? Optional.empty()
                        : name("metrics", field));
    }

    /// A member passed over in silence would change what the answer means.
    private static void checkMembers(String argument, Map<?, ?> given, List<String> known)
            throws BadArguments {
        for (Object name : given.keySet()) {
            if (!known.contains(name.toString())) {
                throw new BadArguments(
                        new FieldProblem(argument,
                                "has the unknown member '" + Clip.to(80, name.toString())
                                        + "'; known are " + String.join(", ", known),
                                Spelling.nearest(name.toString(), known)
                                        .map(Object.class::cast)));
            }
        }
    }

    private static Optional<String> name(String argument, @Nullable Object given)
            throws BadArguments {
        return switch (given) {
            case null -> Optional.empty();
            case String text when text.length() <= Parameter.ITEM_LENGTH_MAX -> Optional.of(text);
            default -> throw new BadArguments(
                    FieldProblem.of(argument,
                            "must name fields by texts of at most " + Parameter.ITEM_LENGTH_MAX
                                    + " characters"));
        };
    }
}
