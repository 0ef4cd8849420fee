package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.audit.AuditLog;
import ai.pathbound.mcp.audit.AuditRecord;
import ai.pathbound.mcp.audit.AuditTrail;
import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.errors.ErrorCode;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Carries each write to its end and records it, whether or not the client still listens.
@Component
final class WriteAudit {
    /// The argument that names the entity, or the one its notes hang on.
    private static final Map<String, EntityKind> OWNERS = Map
            .of("contact_id", EntityKind.CONTACT, "company_id", EntityKind.COMPANY);
    private final AuditTrail trail;
    private final InstantSource clock = InstantSource.system();

    WriteAudit(ObjectProvider<AuditTrail> trails) {
        trail = trails.getIfAvailable(AuditLog::new);
    }

    /// The result of the call, recorded once. A client that hangs up does not stop the call: half a
    /// write would leave nobody knowing what came of it.
    Mono<ToolResult> recorded(Caller caller,
            ToolDefinition tool,
            ToolRequest request,
            Mono<ToolResult> call) {
        return Mono.fromFuture(() -> {
            Instant at = clock.instant();
            return call.doOnNext(
                    result -> trail.record(
                            new AuditRecord(at.truncatedTo(ChronoUnit.MILLIS), caller.tenant(),
                                    caller.userId(), tool.name(),
                                    target(tool, request, result), outcome(request, result),
                                    Duration.between(at, clock.instant()))))
                    .toFuture();
        }, true);
    }

    /// Records a call that was refused before its arguments were looked at.
    void denied(Caller caller, ToolDefinition tool) {
        trail.record(
                new AuditRecord(clock.instant().truncatedTo(ChronoUnit.MILLIS), caller.tenant(),
                        caller.userId(), tool.name(), "",
                        ErrorCode.FORBIDDEN.word(), Duration.ZERO));
    }

    private static String outcome(ToolRequest request, ToolResult result) {
        return switch (result) {
            case ToolResult.Success _ ->
                Boolean.TRUE.equals(request.arguments().get("dry_run")) ? "dry_run" : "done";
            case ToolResult.Asked _ -> "asked";
            case ToolResult.Content content -> content.isError() ? "failed" : "done";
            case ToolResult.Failure failure -> failure.code().word();
            case ToolResult.NeedsClient _,ToolResult.Malformed _ ->
                ErrorCode.INVALID_ARGUMENTS.word();
        };
    }

    private static String target(ToolDefinition tool, ToolRequest request, ToolResult result) {
        return result.seen()
                .map(seen -> seen.token().kind().word() + "/" + seen.token().id())
                .or(() -> named(tool, request))
                .orElse("");
    }

    private static Optional<String> named(ToolDefinition tool, ToolRequest request) {
        for (Map.Entry<String, EntityKind> owner : OWNERS.entrySet()) {
            boolean isOwner = tool.parameters()
                    .stream()
                    .anyMatch(
                            parameter -> parameter.required()
                                    && parameter.name().equals(owner.getKey()));
            if (isOwner) {
                EntityKind kind = owner.getValue();
                EntityKind notes = kind == EntityKind.CONTACT
                        ? EntityKind.CONTACT_NOTE
                        : EntityKind.COMPANY_NOTE;
                return id(request, "note_id").map(id -> notes.word() + "/" + id)
                        .or(() -> id(request, owner.getKey()).map(id -> kind.word() + "/" + id));
            }
        }
        return Optional.empty();
    }

    /// Text that is no id of ours could be anything, such as an e-mail address.
    private static Optional<String> id(ToolRequest request, String name) {
        return request.arguments().get(name) instanceof String text && ChangeKey.isId(text)
                && text.matches("\\w+")
                        ? Optional.of(text)
                        : Optional.empty();
    }
}
