package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.backend.Write;
import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.confirm.ConfirmSettings;
import ai.pathbound.mcp.confirm.Seal;
import ai.pathbound.mcp.errors.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/// Has a delete confirmed. A client that can ask its user is always told to. One that cannot is
/// served at once, as the hosted server does, unless the settings ask for a second call that repeats
/// a token.
@Component
final class Confirmation {
    private static final String KEY = "confirm";
    private static final Map<String, Object> ANSWER = Map.of(
            "type",
            "object",
            "properties",
            Map.of(KEY, Map.of("type", "boolean", "title", "Delete it for good")),
            "required",
            List.of(KEY));
    private static final int TEXT_LENGTH_MAX = 200;

    private final Seal seal;
    private final Before before;
    private final boolean required;

    Confirmation(Seal seal, Before before, ConfirmSettings settings) {
        this.seal = seal;
        this.before = before;
        required = settings.required();
    }

    /// The argument for the second call, where the settings ask for one.
    List<Parameter> parameters() {
        return required
                ? List.of(
                        Parameter.text(
                                KEY,
                                "The confirm of the error confirmation_required, once the user"
                                        + " agrees."))
                : List.of();
    }

    /// What is missing for the delete to go ahead; empty if nothing is.
    Mono<Optional<ToolResult>> missing(Caller caller,
            Write.DeleteNote delete,
            Arguments arguments,
            ToolRequest request) {
        List<String> bound = bound(caller, delete);
        if (request.client().forms()) {
            JsonNode answer = request.answers().path(KEY);
            boolean ours = request.state().filter(state -> seal.opens(state, bound)).isPresent();
            return ours && !answer.isMissingNode()
                    ? Mono.just(declined(answer))
                    : question(caller, delete).map(
                            text -> Optional.of(
                                    new ToolResult.Asked(
                                            Map.of(KEY, InputRequest.form(text, ANSWER)),
                                            Optional.of(seal.over(bound)))));
        }
        if (!required || arguments.textMaybe(KEY)
                .filter(token -> seal.opens(token, bound))
                .isPresent()) {
            return Mono.just(Optional.empty());
        }
        return question(caller, delete).map(
                text -> Optional.of(
                        ToolResult.Failure
                                .of(
                                        ErrorCode.CONFIRMATION_REQUIRED,
                                        text + " Ask the user; to go ahead, call again with"
                                                + " confirm.")
                                .with(Map.of(KEY, seal.over(bound)))));
    }

    private static Optional<ToolResult> declined(JsonNode answer) {
        boolean agreed = answer.path("action").asString("").equals("accept")
                && answer.path("content").path(KEY).asBoolean(false);
        return agreed
                ? Optional.empty()
                : Optional.of(
                        ToolResult.Failure.of(
                                ErrorCode.DECLINED,
                                "The user did not agree; nothing was deleted."));
    }

    /// A key is a principal of its own; the tokens of a user may be renewed in between.
    private static List<String> bound(Caller caller, Write.DeleteNote delete) {
        return List.of(
                caller.tenant(),
                caller.userId(),
                caller.credential().isApiKey() ? caller.credential().secret() : "",
                "delete_note",
                delete.owner().word(),
                delete.ownerId(),
                delete.noteId());
    }

    private Mono<String> question(Caller caller, Write.DeleteNote delete) {
        String plain = "Delete the note " + delete.noteId() + " of " + delete.owner().word() + " "
                + delete.ownerId() + " for good?";
        if (!caller.has(Preview.scope(delete.owner()))) {
            return Mono.just(plain);
        }
        return before.note(caller.tenant(), delete.owner(), delete.ownerId(), delete.noteId())
                .map(
                        look -> look instanceof Before.Look.Known known
                                ? plain + " It reads: " + Clip.to(
                                        TEXT_LENGTH_MAX,
                                        known.value().path("content").asString(""))
                                : plain)
                .onErrorReturn(plain);
    }
}
