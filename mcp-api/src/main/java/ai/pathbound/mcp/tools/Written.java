package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.backend.WriteOutcome;
import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.json.Wire;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/// Turns the outcome of a write into a result, once the read model shows the write or the wait is
/// over. A write that succeeded is never reported as an error, whatever the read model does.
@Component
final class Written {
    private static final Logger LOG = LoggerFactory.getLogger(Written.class);
    /// The backend's explanations are passed on, but not at any length.
    private static final int TEXT_LENGTH_MAX = 500;
    private static final int FIELDS_MAX = 25;
    private final Reader reader;

    Written(Reader reader) {
        this.reader = reader;
    }

    /// @param member name of the entity in the answer
    /// @param afterwards a cheap question, by id, that tells how current reads are
    Mono<ToolResult> result(Caller caller,
            WriteOutcome outcome,
            String member,
            EntityKind kind,
            Function<String, Question> afterwards) {
        return switch (outcome) {
            case WriteOutcome.Done done -> Mono
                    .zip(visible(caller, kind, done), Mono.just(done))
                    .flatMap(
                            pair -> freshness(caller, afterwards.apply(done.id()))
                                    .map(fresh -> success(member, done, pair.getT1(), fresh)));
            case WriteOutcome.Refused refused -> Mono.just(refused(refused));
            case WriteOutcome.Unknown _ -> Mono.just(
                    ToolResult.Failure.of(
                            "outcome_unknown",
                            "The backend did not answer in time; the write may or may not have"
                                    + " happened. Look for it before trying again."));
        };
    }

    private Mono<Boolean> visible(Caller caller, EntityKind kind, WriteOutcome.Done done) {
        if (!ChangeKey.isId(done.id())) {
            return Mono.just(false);
        }
        return reader
                .awaitVersion(new ChangeKey(caller.tenant(), kind, done.id()), done.version())
                .onErrorResume(failure -> {
                    LOG.warn("Waiting for a write to become readable failed", failure);
                    return Mono.just(false);
                });
    }

    private Mono<Optional<Freshness>> freshness(Caller caller, Question question) {
        return reader.freshness(caller.tenant(), question).onErrorResume(failure -> {
            LOG.warn("Freshness after a write could not be read", failure);
            return Mono.just(Optional.empty());
        });
    }

    private ToolResult success(String member,
            WriteOutcome.Done done,
            boolean visible,
            Optional<Freshness> freshness) {
        ObjectNode answer = Wire.MAPPER.createObjectNode();
        answer.set(member, done.entity());
        answer.put("visible", visible);
        return new ToolResult.Success(reader.fit(answer), freshness);
    }

    private static ToolResult refused(WriteOutcome.Refused refused) {
        List<FieldProblem> fields = refused.fields()
                .stream()
                .limit(FIELDS_MAX)
                .map(
                        field -> FieldProblem.of(
                                Clip.to(TEXT_LENGTH_MAX, field.name()),
                                Clip.to(TEXT_LENGTH_MAX, field.message())))
                .toList();
        return new ToolResult.Failure(refused.code(), Clip.to(TEXT_LENGTH_MAX, refused.message()),
                fields,
                refused.retryAfter(), Optional.empty());
    }
}
