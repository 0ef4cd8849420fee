package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.backend.Write;
import ai.pathbound.mcp.caller.Caller;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Creating and updating contacts.
@Component
@Order(5)
final class ContactWriteTools implements ToolFamily {
    static final String WRITE = "contacts:write";
    private final Written written;
    private final Preview preview;

    ContactWriteTools(Written written, Preview preview) {
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
        IdempotencyKey key = IdempotencyKey.of(caller, "create_contact", arguments);
        Write write = new Write.CreateContact(
                WriteParameters.body(arguments, "email", "properties", "visitor_id", "company_id"),
                key.sent());
        return arguments.flag("dry_run")
                ? preview.of(caller, write)
                : written.result(caller, write, Optional.of(key.given()));
    }

    private Mono<ToolResult> update(Caller caller, Arguments arguments) {
        Write write = new Write.UpdateContact(arguments.text("contact_id"),
                WriteParameters.body(arguments, "properties"));
        return arguments.flag("dry_run")
                ? preview.of(caller, write)
                : written.result(caller, write);
    }

    private static ToolDefinition createDefinition() {
        return new ToolDefinition("create_contact", "Create contact",
                """
                        Create a contact. The e-mail address must be new to the account; otherwise the \
                        error duplicate names the existing contact, to be changed with update_contact. \
                        visible tells whether reads show the contact already. Example: {"email": \
                        "ana@acme.test", "properties": {"firstname": "Ana", "country": "Spain"}}.""",
                WRITE, Hints.CREATE,
                List.of(
                        Parameter.text("email", "E-mail address, unique in the account.")
                                .mandatory()
                                .upTo(320),
                        WriteParameters.properties(
                                "Profile: firstname, lastname, company, jobtitle, lifecyclestage,"
                                        + " industry, country, city, state, linkedin, others."),
                        Parameter.texts(
                                "visitor_id",
                                "Tracker visitors that are this person; their history is joined.",
                                1,
                                25),
                        Parameter.text("company_id", "Company the contact belongs to.").upTo(200),
                        WriteParameters.DRY_RUN,
                        WriteParameters.IDEMPOTENCY_KEY),
                WriteParameters.written("contact"));
    }

    private static ToolDefinition updateDefinition() {
        return new ToolDefinition("update_contact", "Update contact",
                "Set or clear properties of a contact; the others stay. dry_run shows before and after"
                        + " without writing. Example: {\"contact_id\": \"ct_7Qm2\", \"properties\":"
                        + " {\"lifecyclestage\": \"customer\", \"city\": null}}.",
                WRITE, Hints.UPDATE,
                List.of(
                        ContactTools.CONTACT_ID,
                        WriteParameters.properties("Values to set; null clears one.").mandatory(),
                        WriteParameters.DRY_RUN),
                WriteParameters.written("contact"));
    }
}
