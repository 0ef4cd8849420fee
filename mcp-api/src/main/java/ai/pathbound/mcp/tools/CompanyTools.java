package ai.pathbound.mcp.tools;

import ai.pathbound.projector.query.Question;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Reading companies.
@Component
@Order(2)
final class CompanyTools implements ToolFamily {
    static final Parameter COMPANY_ID = Parameter
            .text("company_id", "Company id, such as co_19aa.")
            .mandatory()
            .upTo(200)
            .alias("id", "_id");

    @Override
    public List<Tool> tools() {
        return List.of(
                new Tool.Read(getCompany(),
                        arguments -> new Question.GetCompany(arguments.text("company_id"))));
    }

    private static ToolDefinition getCompany() {
        return new ToolDefinition("get_company", "Get company",
                """
                        One company: its profile merged over all sources, up to 25 of its contacts and \
                        how many it has. For the others use list_contacts with company_id.""",
                "companies:read", Hints.READ, List.of(COMPANY_ID),
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
