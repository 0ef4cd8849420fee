package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.backend.Backend;
import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.json.Wire;
import ai.pathbound.projector.query.Question;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Creating contacts and notes on contacts.
@Component
@Order(5)
final class ContactWriteTools implements ToolFamily {
    private static final String WRITE = "contacts:write";
    private final Backend backend;
    private final Written written;

    ContactWriteTools(Backend backend, Written written) {
        this.backend = backend;
        this.written = written;
    }

    @Override
    public List<Tool> tools() {
        return List.of(
                new Tool.Write(createContactDefinition(), this::createContact),
                new Tool.Write(createNoteDefinition(), this::createNote));
    }

    private Mono<ToolResult> createContact(Caller caller, Arguments arguments) {
        ObjectNode body = Wire.MAPPER.createObjectNode();
        for (String name : List.of("email", "properties", "visitor_id", "company_id")) {
            Object value = arguments.raw(name);
            if (value != null) {
                body.set(name, Wire.MAPPER.<JsonNode>valueToTree(value));
            }
        }
        return backend.createContact(caller.credential(), body)
                .flatMap(
                        outcome -> written.result(
                                caller,
                                outcome,
                                "contact",
                                EntityKind.CONTACT,
                                Question.GetContact::new));
    }

    private Mono<ToolResult> createNote(Caller caller, Arguments arguments) {
        String contact = arguments.text("contact_id");
        return backend
                .createContactNote(caller.credential(), contact, arguments.text("content"))
                .flatMap(
                        outcome -> written.result(
                                caller,
                                outcome,
                                "note",
                                EntityKind.CONTACT_NOTE,
                                _ -> new Question.GetContact(contact)));
    }

    private static ToolDefinition createContactDefinition() {
        return new ToolDefinition("create_contact", "Create contact",
                """
                        Create a contact. The e-mail address must be new to the account; an existing \
                        one is answered with the code duplicate. visible tells whether reads show the \
                        contact already.""",
                WRITE, Hints.CREATE,
                List.of(
                        Parameter.text("email", "E-mail address, unique in the account.")
                                .mandatory()
                                .upTo(320),
                        Parameter.object(
                                "properties",
                                "Profile, such as firstname, lastname, company, jobtitle,"
                                        + " lifecyclestage, industry, country, city, state, linkedin."),
                        Parameter.texts(
                                "visitor_id",
                                "Tracker visitors that are this person; their history is joined.",
                                1,
                                25),
                        Parameter.text("company_id", "Company the contact belongs to.").upTo(200)),
                Shapes.requiring(
                        Shapes.object("contact", Shapes.CONTACT, "visible", Shapes.FLAG),
                        "contact",
                        "visible"));
    }

    private static ToolDefinition createNoteDefinition() {
        return new ToolDefinition("create_contact_note", "Create contact note",
                """
                        Write a note on a contact; it is saved at once, without approval. visible tells \
                        whether reads show the note already.""",
                WRITE, Hints.CREATE,
                List.of(
                        ContactTools.CONTACT_ID,
                        Parameter.text("content", "Text of the note.").mandatory().upTo(10_000)),
                Shapes.requiring(
                        Shapes.object("note", Shapes.NOTE, "visible", Shapes.FLAG),
                        "note",
                        "visible"));
    }
}
