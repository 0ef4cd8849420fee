package ai.pathbound.mcp.tools;

import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.BatchEntity;
import java.util.List;
import java.util.Locale;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Reading many at once.
@Component
@Order(4)
final class BatchTools implements ToolFamily {
    private static final int IDS_MAX = 25;

    @Override
    public List<Tool> tools() {
        return List.of(
                new Tool.Read(details(),
                        arguments -> new Question.BatchDetails(
                                BatchEntity.valueOf(
                                        arguments.text("entity_type").toUpperCase(Locale.ROOT)),
                                arguments.texts("ids"))),
                new Tool.Read(activity(),
                        arguments -> new Question.BatchActivity(arguments.texts("contact_ids"),
                                arguments.integer("events_limit"),
                                arguments.range("date_after", "date_before"))));
    }

    private static ToolDefinition details() {
        return new ToolDefinition("batch_get_details", "Get many contacts or companies",
                "Up to 25 contacts or companies by id in one call, whole as in lists, without their events"
                        + " and notes; ids that do not exist are named"
                        + " in missing_ids. Cheaper than one call per id. When truncated is true, next.ids are"
                        + " those left to ask for.",
                ContactTools.READ, Hints.READ,
                List.of(
                        Parameter.word(
                                "entity_type",
                                "What the ids stand for.",
                                "contacts",
                                "companies").mandatory(),
                        Parameter.texts("ids", "1 to 25 ids of that kind.", 1, IDS_MAX)
                                .mandatory()),
                Shapes.object(
                        "contacts",
                        Shapes.array(Shapes.CONTACT),
                        "companies",
                        Shapes.array(Shapes.COMPANY),
                        "missing_ids",
                        Shapes.array(Shapes.TEXT),
                        "truncated",
                        Shapes.FLAG,
                        "next",
                        Shapes.NEXT));
    }

    private static ToolDefinition activity() {
        return new ToolDefinition("batch_get_activity", "Get activity of many contacts",
                "The newest events of up to 25 contacts in one call, with the total per contact in"
                        + " the time range; contacts that do not exist are named in missing_ids. When truncated"
                        + " is true, next.contact_ids are those left to ask for. Use it to see who of a list was"
                        + " active. Example: {\"contact_ids\": [\"ct_7Qm2\", \"ct_81b\"], \"events_limit\": 3}.",
                ContactTools.READ, Hints.READ,
                List.of(
                        Parameter.texts("contact_ids", "1 to 25 contact ids.", 1, IDS_MAX)
                                .mandatory()
                                .alias("ids"),
                        Parameter.integer("events_limit", "Events per contact.", 1, 20, 5)
                                .alias("limit"),
                        Definitions.DATE_AFTER,
                        Definitions.DATE_BEFORE),
                Shapes.requiring(
                        Shapes.object(
                                "contact_count",
                                Shapes.COUNT,
                                "activity",
                                Shapes.OPEN,
                                "missing_ids",
                                Shapes.array(Shapes.TEXT),
                                "truncated",
                                Shapes.FLAG,
                                "next",
                                Shapes.NEXT),
                        "activity"));
    }
}
