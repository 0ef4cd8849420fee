package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.backend.Write;
import ai.pathbound.mcp.caller.Caller;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Creating and updating companies.
@Component
@Order(6)
final class CompanyWriteTools implements ToolFamily {
    static final String WRITE = "companies:write";
    private final Written written;
    private final Preview preview;

    CompanyWriteTools(Written written, Preview preview) {
        this.written = written;
        this.preview = preview;
    }

    @Override
    public List<Tool> tools() {
        return List.of(
                new Tool.Write(createDefinition(), (caller, given, _) -> create(caller, given)),
                new Tool.Write(updateDefinition(), (caller, given, _) -> update(caller, given)));
    }

    private Mono<ToolResult> create(Caller caller, Arguments arguments) {
        IdempotencyKey key = IdempotencyKey.of(caller, "create_company", arguments);
        Write write = new Write.CreateCompany(
                WriteParameters.body(arguments, "domain", "properties"), key.sent());
        return arguments.flag("dry_run")
                ? preview.of(caller, write)
                : written.result(caller, write, Optional.of(key.given()));
    }

    private Mono<ToolResult> update(Caller caller, Arguments arguments) {
        Write write = new Write.UpdateCompany(arguments.text("company_id"),
                WriteParameters.body(arguments, "properties"));
        return arguments.flag("dry_run")
                ? preview.of(caller, write)
                : written.result(caller, write);
    }

    private static ToolDefinition createDefinition() {
        return new ToolDefinition("create_company", "Create company",
                """
                        Create a company. The domain must be new to the account; otherwise the error \
                        duplicate names the existing company, to be changed with update_company. \
                        Example: {"domain": "acme.test", "properties": {"name": "Acme"}}.""",
                WRITE, Hints.CREATE,
                List.of(
                        Parameter.text("domain", "Domain, unique in the account.")
                                .mandatory()
                                .upTo(253),
                        WriteParameters.properties(
                                "Profile: name, industry, employee_count, lifecyclestage, others."),
                        WriteParameters.DRY_RUN,
                        WriteParameters.IDEMPOTENCY_KEY),
                WriteParameters.written("company"));
    }

    private static ToolDefinition updateDefinition() {
        return new ToolDefinition("update_company", "Update company",
                "Set or clear properties of a company; the others stay. dry_run shows before and after"
                        + " without writing.",
                WRITE, Hints.UPDATE,
                List.of(
                        CompanyTools.COMPANY_ID,
                        WriteParameters.properties("Values to set; null clears one.").mandatory(),
                        WriteParameters.DRY_RUN),
                WriteParameters.written("company"));
    }
}
