package ai.pathbound.mcp.tools;

import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.EventFilter;
import ai.pathbound.projector.query.Question.EventOrder;
import ai.pathbound.projector.query.Question.EventSort;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Reading events.
@Component
@Order(3)
final class EventTools implements ToolFamily {
    static final String READ = "events:read";

    @Override
    public List<Tool> tools() {
        return List.of(
                new Tool.Read(listEvents(), EventTools::listQuestion),
                new Tool.Read(getEvent(),
                        arguments -> new Question.GetEvent(arguments.text("event_id"))),
                new Tool.Read(getEventTypes(), _ -> new Question.EventTypes()),
                new Tool.Read(getEventStats(), EventTools::statsQuestion));
    }

    private static ToolDefinition listEvents() {
        return new ToolDefinition("list_events", "List events",
                """
                        Search, filter, sort and count events: page views, clicks, form submits and \
                        custom events, newest first. Filters combine with AND. event_type is an exact \
                        name, see get_event_types. Bots are flagged and included unless is_bot=false. \
                        Prefer count_only for "how many", fields=summary for long lists, and \
                        get_event_stats or aggregate_data for numbers. Answers name returned and total. \
                        A page that came out too large is cut: then truncated is true and next holds \
                        the page and limit to ask for next. Example: {"event_type": "page_view", \
                        "url_contains": "/pricing", "date_after": "2026-06-01", "is_bot": false}.""",
                READ, Hints.READ,
                List.of(
                        Parameter.text("event_type", "Exact event name, such as page_view.")
                                .alias("event"),
                        Parameter.text("contact_id", "Events of this contact.").upTo(200),
                        Parameter.text("domain", "Site the event happened on."),
                        Parameter.text("url_contains", "Part of the address.").alias("url"),
                        Definitions.DATE_AFTER,
                        Definitions.DATE_BEFORE,
                        Parameter.flag("identified_only", "Leave out anonymous visitors.")
                                .or(false),
                        Parameter.flag("is_bot", "true: only bots; false: no bots."),
                        Parameter.text("search", "Text in event name, address or domain."),
                        Parameter.word(
                                "sort_by",
                                "Sort key; createdAt is when the event was accepted.",
                                "timestamp",
                                "event",
                                "createdAt").or("timestamp"),
                        Definitions.SORT_DIR,
                        Definitions.PAGE,
                        Definitions.LIMIT,
                        Definitions.COUNT_ONLY,
                        Definitions.FIELDS,
                        Definitions.INCLUDE,
                        Changes.SINCE),
                Shapes.list("events", Shapes.EVENT));
    }

    private static Question listQuestion(Arguments arguments) {
        return new Question.ListEvents(
                new EventFilter(arguments.textMaybe("event_type"),
                        arguments.textMaybe("contact_id"), arguments.textMaybe("domain"),
                        arguments.textMaybe("url_contains"),
                        arguments.range("date_after", "date_before"),
                        arguments.flag("identified_only"), arguments.flagMaybe("is_bot"),
                        arguments.textMaybe("search")),
                new EventSort(order(arguments.text("sort_by")), Definitions.descending(arguments)),
                Definitions.page(arguments),
                arguments.flag("count_only"), Definitions.summary(arguments),
                arguments.has("include"));
    }

    private static EventOrder order(String word) {
        return switch (word) {
            case "timestamp" -> EventOrder.TIMESTAMP;
            case "event" -> EventOrder.EVENT;
            case "createdAt" -> EventOrder.CREATED_AT;
            default -> throw new IllegalStateException("not a sort key: " + word);
        };
    }

    private static ToolDefinition getEvent() {
        return new ToolDefinition("get_event", "Get event",
                "One event with its payload, contact and company. Ids come from list_events and"
                        + " get_contact.",
                READ, Hints.READ,
                List.of(
                        Parameter.text("event_id", "Event id, such as evt_5f0c.")
                                .mandatory()
                                .upTo(200)
                                .alias("id", "_id")),
                Shapes.requiring(Shapes.object("event", Shapes.EVENT), "event"));
    }

    private static ToolDefinition getEventTypes() {
        return new ToolDefinition("get_event_types", "Get event types",
                "The distinct event names of this account, each with how often and when it was"
                        + " first and last seen. Use it to learn which names list_events accepts.",
                READ, Hints.READ, List.of(Changes.SINCE),
                Shapes.object(
                        "event_types",
                        Shapes.array(
                                Shapes.object(
                                        "event",
                                        Shapes.TEXT,
                                        "count",
                                        Shapes.COUNT,
                                        "first_seen",
                                        Shapes.MAYBE_TEXT,
                                        "last_seen",
                                        Shapes.MAYBE_TEXT)),
                        "truncated",
                        Shapes.FLAG,
                        "next",
                        Shapes.NEXT,
                        "unchanged",
                        Shapes.FLAG));
    }

    private static ToolDefinition getEventStats() {
        return new ToolDefinition("get_event_stats", "Get event statistics",
                """
                        Numbers over events: totals, unique contacts and visitors, identified against \
                        anonymous, bots, counts by name, busiest addresses and, with interval, a series \
                        without gaps. One call answers most "how is traffic" questions; without dates it \
                        looks at all time. For other groupings use aggregate_data. Example: \
                        {"date_after": "2026-06-01", "interval": "day", "timezone": "Europe/Madrid"}.""",
                READ, Hints.READ,
                List.of(
                        Definitions.DATE_AFTER,
                        Definitions.DATE_BEFORE,
                        Parameter.text("event_type", "Exact event name.").alias("event"),
                        Parameter.text("domain", "Site the event happened on."),
                        Parameter.text("contact_id", "Events of this contact.").upTo(200),
                        Parameter.text("company_id", "Events of this company's contacts.")
                                .upTo(200),
                        Zones.INTERVAL,
                        Zones.TIMEZONE,
                        Parameter.flag("include_bots", "false leaves bots out.").or(true),
                        Changes.SINCE),
                Shapes.object(
                        "stats",
                        Shapes.object(
                                "total_events",
                                Shapes.COUNT,
                                "unique_contacts",
                                Shapes.COUNT,
                                "unique_visitors",
                                Shapes.COUNT,
                                "approximate",
                                Shapes.OPEN),
                        "unchanged",
                        Shapes.FLAG));
    }

    private static Question statsQuestion(Arguments arguments) throws BadArguments {
        return new Question.EventStats(
                new EventFilter(arguments.textMaybe("event_type"),
                        arguments.textMaybe("contact_id"), arguments.textMaybe("domain"),
                        Optional.empty(), arguments.range("date_after", "date_before"), false,
                        Optional.empty(), Optional.empty()),
                arguments.textMaybe("company_id"), arguments.flag("include_bots"),
                Zones.interval(arguments), Zones.zone(arguments));
    }
}
