package ai.pathbound.mcp.tools;

import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.CompanyFilter;
import ai.pathbound.projector.query.Question.CompanyOrder;
import ai.pathbound.projector.query.Question.CompanySort;
import java.util.List;
import java.util.Locale;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Reading companies.
@Component
@Order(2)
final class CompanyTools implements ToolFamily {
    static final String READ = "companies:read";
    static final Parameter COMPANY_ID = Parameter
            .text("company_id", "Company id, such as co_19aa.")
            .mandatory()
            .upTo(200)
            .alias("id", "_id");

    @Override
    public List<Tool> tools() {
        return List.of(
                new Tool.Read(listCompanies(), CompanyTools::listQuestion),
                new Tool.Read(getCompany(),
                        arguments -> new Question.GetCompany(arguments.text("company_id"))),
                new Tool.Read(listNotes(),
                        arguments -> new Question.CompanyNotes(arguments.text("company_id"),
                                Definitions.page(arguments))));
    }

    private static ToolDefinition listCompanies() {
        return new ToolDefinition("list_companies", "List companies",
                """
                        Search, filter, sort and count companies. search looks in name, domain and \
                        industry; industry and country match whole values without regard to case. For \
                        "how many" set count_only; for long lists fields=summary; for numbers by field \
                        aggregate_data. Answers name returned and total; when truncated is true, next \
                        holds the page and limit to ask for next. Example: {"industry": "Software", \
                        "sort_by": "last_activity_at", "fields": "summary"}.""",
                READ, Hints.READ,
                List.of(
                        Parameter.text("search", "Text in name, domain or industry."),
                        Parameter.text("industry", "Industry."),
                        Parameter.text("country", "Country."),
                        Definitions.ACTIVE_AFTER,
                        Definitions.ACTIVE_BEFORE,
                        Parameter.word(
                                "sort_by",
                                "Sort key; companies without the value come last.",
                                "name",
                                "domain",
                                "industry",
                                "created_at",
                                "last_activity_at").or("created_at"),
                        Definitions.SORT_DIR,
                        Definitions.PAGE,
                        Definitions.LIMIT,
                        Definitions.COUNT_ONLY,
                        Definitions.FIELDS,
                        Definitions.INCLUDE,
                        Changes.SINCE),
                Shapes.list("companies", Shapes.COMPANY));
    }

    private static Question listQuestion(Arguments arguments) {
        return new Question.ListCompanies(
                new CompanyFilter(arguments.textMaybe("industry"), arguments.textMaybe("country"),
                        arguments.textMaybe("search"),
                        arguments.range("last_activity_after", "last_activity_before")),
                new CompanySort(
                        CompanyOrder.valueOf(arguments.text("sort_by").toUpperCase(Locale.ROOT)),
                        Definitions.descending(arguments)),
                Definitions.page(arguments), arguments.flag("count_only"),
                Definitions.summary(arguments), arguments.has("include"));
    }

    private static ToolDefinition listNotes() {
        return new ToolDefinition("list_company_notes", "List company notes",
                "The notes on one company with their texts and ids, newest first.", READ,
                Hints.READ,
                List.of(COMPANY_ID, Definitions.PAGE, Definitions.LIMIT),
                Shapes.list("notes", Shapes.NOTE));
    }

    private static ToolDefinition getCompany() {
        return new ToolDefinition("get_company", "Get company",
                """
                        One company: its profile merged over all sources, up to 25 of its contacts and \
                        how many it has. The id comes from list_companies, where search finds companies \
                        by name or domain. For its other contacts use list_contacts with company_id; for \
                        several companies at once batch_get_details.""",
                READ, Hints.READ, List.of(COMPANY_ID),
                Shapes.requiring(
                        Shapes.object(
                                "company",
                                Shapes.COMPANY,
                                "contacts",
                                Shapes.array(Shapes.CONTACT),
                                "contact_count",
                                Shapes.COUNT,
                                "truncated",
                                Shapes.FLAG,
                                "next",
                                Shapes.NEXT),
                        "company"));
    }
}
