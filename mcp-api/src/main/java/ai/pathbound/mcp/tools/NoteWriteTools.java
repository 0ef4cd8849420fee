package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.backend.NoteOwner;
import ai.pathbound.mcp.backend.Write;
import ai.pathbound.mcp.caller.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Creating, updating and deleting notes, alike on contacts and companies.
@Component
@Order(7)
final class NoteWriteTools implements ToolFamily {
    private static final Parameter NOTE_ID = Parameter.text("note_id", "Note id, such as note_81b.")
            .mandatory()
            .upTo(200);
    private static final Parameter CONTENT = Parameter.text("content", "Text of the note.")
            .mandatory()
            .upTo(10_000);

    private final Written written;
    private final Preview preview;
    private final Confirmation confirmation;

    NoteWriteTools(Written written, Preview preview, Confirmation confirmation) {
        this.written = written;
        this.preview = preview;
        this.confirmation = confirmation;
    }

    @Override
    public List<Tool> tools() {
        List<Tool> tools = new ArrayList<>();
        for (NoteOwner owner : NoteOwner.values()) {
            tools.add(
                    new Tool.Write(createDefinition(owner),
                            (caller, given, _) -> create(owner, caller, given)));
            tools.add(
                    new Tool.Write(updateDefinition(owner),
                            (caller, given, _) -> update(owner, caller, given)));
            tools.add(
                    new Tool.Write(deleteDefinition(owner),
                            (caller, given, request) -> delete(owner, caller, given, request)));
        }
        return tools;
    }

    private Mono<ToolResult> create(NoteOwner owner, Caller caller, Arguments arguments) {
        IdempotencyKey key = IdempotencyKey.of(caller, name("create", owner), arguments);
        Write write = new Write.CreateNote(owner, ownerId(owner, arguments),
                arguments.text("content"), key.sent());
        return arguments.flag("dry_run")
                ? preview.of(caller, write)
                : written.result(caller, write, Optional.of(key.given()));
    }

    private Mono<ToolResult> update(NoteOwner owner, Caller caller, Arguments arguments) {
        Write write = new Write.UpdateNote(owner, ownerId(owner, arguments),
                arguments.text("note_id"), arguments.text("content"));
        return arguments.flag("dry_run")
                ? preview.of(caller, write)
                : written.result(caller, write);
    }

    private Mono<ToolResult> delete(NoteOwner owner,
            Caller caller,
            Arguments arguments,
            ToolRequest request) {
        Write.DeleteNote write = new Write.DeleteNote(owner, ownerId(owner, arguments),
                arguments.text("note_id"));
        return confirmation.missing(caller, write, arguments, request)
                .flatMap(
                        missing -> missing.map(Mono::just)
                                .orElseGet(() -> written.result(caller, write)));
    }

    private static String ownerId(NoteOwner owner, Arguments arguments) {
        return arguments.text(id(owner).name());
    }

    private static Parameter id(NoteOwner owner) {
        return switch (owner) {
            case CONTACT -> ContactTools.CONTACT_ID;
            case COMPANY -> CompanyTools.COMPANY_ID;
        };
    }

    private static String scope(NoteOwner owner) {
        return switch (owner) {
            case CONTACT -> ContactWriteTools.WRITE;
            case COMPANY -> CompanyWriteTools.WRITE;
        };
    }

    private static String name(String verb, NoteOwner owner) {
        return verb + "_" + owner.word() + "_note";
    }

    private static ToolDefinition createDefinition(NoteOwner owner) {
        return new ToolDefinition(name("create", owner), "Create " + owner.word() + " note",
                "Write a note on a " + owner.word()
                        + "; it is saved at once, without approval. Plain text,"
                        + " up to 10,000 characters. After trouble, repeat it with the same"
                        + " idempotency_key.",
                scope(owner), Hints.CREATE,
                List.of(
                        id(owner),
                        CONTENT,
                        WriteParameters.DRY_RUN,
                        WriteParameters.IDEMPOTENCY_KEY),
                WriteParameters.written("note"));
    }

    private static ToolDefinition updateDefinition(NoteOwner owner) {
        return new ToolDefinition(name("update", owner), "Update " + owner.word() + " note",
                "Replace the whole text of a note; the old one is gone. dry_run shows both.",
                scope(owner), Hints.UPDATE,
                List.of(id(owner), NOTE_ID, CONTENT, WriteParameters.DRY_RUN),
                WriteParameters.written("note"));
    }

    private ToolDefinition deleteDefinition(NoteOwner owner) {
        List<Parameter> parameters = new ArrayList<>(List.of(id(owner), NOTE_ID));
        parameters.addAll(confirmation.parameters());
        return new ToolDefinition(name("delete", owner), "Delete " + owner.word() + " note",
                "Delete a note for good; it cannot be brought back. The user may be asked first.",
                scope(owner), Hints.DELETE,
                parameters, Shapes.object("deleted", Shapes.TEXT, "visible", Shapes.FLAG));
    }
}
