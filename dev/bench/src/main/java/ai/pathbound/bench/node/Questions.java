package ai.pathbound.bench.node;

import ai.pathbound.bench.client.Requests;
import ai.pathbound.bench.client.ToolCall;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The eight kinds of analytics questions as calls of tools, over generated events.
final class Questions {
    private static final String EVENTS = "events";
    private final Requests requests;
    private final Instant end = Instant.now().truncatedTo(ChronoUnit.DAYS);

    Questions(Requests requests) {
        this.requests = requests;
    }

    List<ToolCall> all() {
        return List.of(
                aggregate("by event", Map.of("group_by", List.of("event"))),
                aggregate(
                        "by URL, 7 days of one event",
                        Map.of(
                                "group_by",
                                List.of("url"),
                                "filters",
                                Map.of("event", "page_view"),
                                "date_after",
                                end.minus(7, ChronoUnit.DAYS).toString())),
                aggregate(
                        "by contact in one domain, top 20",
                        Map.of(
                                "group_by",
                                List.of("contact_id"),
                                "filters",
                                Map.of(
                                        "domain",
                                        Map.of("contains", "docs"),
                                        "contact_id",
                                        Map.of("exists", true)),
                                "limit",
                                20)),
                aggregate(
                        "distinct contacts by event",
                        Map.of(
                                "group_by",
                                List.of("event"),
                                "metrics",
                                List.of(Map.of("op", "count_distinct", "field", "contact_id")))),
                aggregate(
                        "by day in Madrid, 90 days",
                        Map.of(
                                "interval",
                                "day",
                                "timezone",
                                "Europe/Madrid",
                                "date_after",
                                end.minus(90, ChronoUnit.DAYS).toString())),
                aggregate(
                        "by browser, os, device, two filters",
                        Map.of(
                                "group_by",
                                List.of("browser", "os", "device_type"),
                                "filters",
                                Map.of("event", "page_view", "is_bot", false))),
                aggregate(
                        "sum and mean of amount by UTM source",
                        Map.of(
                                "group_by",
                                List.of("utm_source"),
                                "metrics",
                                List.of(
                                        Map.of("op", "sum", "field", "amount"),
                                        Map.of("op", "avg", "field", "amount")))),
                new ToolCall("count with a URL substring",
                        List.of(
                                requests.tool(
                                        "list_events",
                                        Map.of("url_contains", "/pricing", "count_only", true)))));
    }

    private ToolCall aggregate(String name, Map<String, Object> arguments) {
        Map<String, Object> all = new HashMap<>(arguments);
        all.put("entity", EVENTS);
        return new ToolCall(name, List.of(requests.tool("aggregate_data", all)));
    }
}
