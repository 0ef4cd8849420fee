package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.backend.Backend;
import ai.pathbound.mcp.backend.Write;
import ai.pathbound.mcp.backend.WriteOutcome;
import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.errors.ErrorCode;
import ai.pathbound.mcp.json.Wire;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.schemas.topics.ChangeKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/// Writes, and turns the outcome into a result once the read model shows the write or the wait is
/// over. A write that succeeded is never reported as an error, whatever the read model does.
@Component
final class Written {
    /// The backend's explanations are passed on, but not at any length.
    private static final int TEXT_LENGTH_MAX = 500;
    private static final int FIELDS_MAX = 25;
    private final Backend backend;
    private final Reader reader;

    Written(Backend backend, Reader reader) {
        this.backend = backend;
        this.reader = reader;
    }

    Mono<ToolResult> result(Caller caller, Write write) {
        return result(caller, write, Optional.empty());
    }

    /// @param key the idempotency key a caller can repeat the call with
    Mono<ToolResult> result(Caller caller, Write write, Optional<String> key) {
        return backend.write(caller.credential(), write).flatMap(outcome -> switch (outcome) {
            case WriteOutcome.Done done -> shown(caller, write, done);
            case WriteOutcome.Refused refused -> Mono.just(refused(write, refused));
            case WriteOutcome.Unknown _ -> Mono.just(unknown(write, key));
        });
    }

    private Mono<ToolResult> shown(Caller caller, Write write, WriteOutcome.Done done) {
        Optional<WriteToken> token = done.version()
                .filter(_ -> ChangeKey.isId(done.id()))
                .map(version -> new WriteToken(write.kind(), done.id(), version));
        Mono<Optional<WriteToken.Seen>> seen = token
                .map(named -> reader.awaitVisible(caller.tenant(), named).map(Optional::of))
                .orElseGet(() -> Mono.just(Optional.empty()));
        return seen.flatMap(
                when -> reader.freshness(caller.tenant())
                        .map(fresh -> success(write, done, when, fresh)));
    }

    private ToolResult success(Write write,
            WriteOutcome.Done done,
            Optional<WriteToken.Seen> seen,
            Optional<Freshness> freshness) {
        ObjectNode answer = Wire.MAPPER.createObjectNode();
        switch (write) {
            case Write.CreateContact _,Write.UpdateContact _ ->
                answer.set("contact", done.entity());
            case Write.CreateCompany _,Write.UpdateCompany _ ->
                answer.set("company", done.entity());
            case Write.CreateNote _,Write.UpdateNote _ -> answer.set("note", done.entity());
            case Write.DeleteNote delete -> answer.put("deleted", delete.noteId());
        }
        // Without a version nobody can tell whether reads show this write or the state before it.
        answer.put("visible", seen.map(WriteToken.Seen::visible).orElse(false));
        return new ToolResult.Success(reader.fit(answer), freshness, seen);
    }

    private static ToolResult refused(Write write, WriteOutcome.Refused refused) {
        List<FieldProblem> fields = refused.fields()
                .stream()
                .limit(FIELDS_MAX)
                .map(
                        field -> FieldProblem.of(
                                Clip.to(TEXT_LENGTH_MAX, field.name()),
                                Clip.to(TEXT_LENGTH_MAX, field.message())))
                .toList();
        ToolResult.Failure failure = new ToolResult.Failure(refused.code(),
                Clip.to(TEXT_LENGTH_MAX, refused.message()), fields, refused.retryAfter(),
                Optional.empty());
        return refused.existingId()
                .map(id -> failure.with(Map.of("existing", existing(write, id))))
                .orElse(failure);
    }

    /// What is in the way, under the name tools take it by.
    static Map<String, Object> existing(Write write, String id) {
        return switch (write) {
            case Write.CreateCompany _,Write.UpdateCompany _ -> Map.of("company_id", id);
            case Write.CreateContact _,Write.UpdateContact _,Write.CreateNote _,Write.UpdateNote _,Write.DeleteNote _ ->
                Map.of("contact_id", id);
        };
    }

    private static ToolResult unknown(Write write, Optional<String> key) {
        String next = switch (write) {
            case Write.CreateContact _ ->
                "Look with list_contacts, search by the e-mail address, before trying again.";
            case Write.CreateCompany _ ->
                "Look with list_companies, search by the domain, before trying again.";
            case Write.CreateNote _ ->
                "Look at the notes before trying again, and then pass this idempotency_key.";
            case Write.UpdateContact _,Write.UpdateCompany _,Write.UpdateNote _ ->
                "Repeating the update does no harm.";
            case Write.DeleteNote _ -> "Repeating the delete does no harm.";
        };
        Map<String, Object> details = new HashMap<>();
        key.ifPresent(text -> details.put("idempotency_key", text));
        return ToolResult.Failure
                .of(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "The backend gave no answer; the write may or may not have happened. "
                                + next)
                .with(details);
    }
}
