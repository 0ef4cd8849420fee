package ai.pathbound.mcp.backend;

import ai.pathbound.mcp.caller.Credential;
import ai.pathbound.mcp.errors.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.MissingNode;

/// Carries out one write and, when no answer tells what came of it, finds out: by looking for what was
/// to be created, or by sending again what may safely happen twice. It sends a write at most twice.
///
/// A contact or company is looked for by its natural key before it is sent again; the key also keeps
/// the backend from creating it twice when the first request is merely slow. A note has no such key,
/// so it is looked for but not sent again. Updates and deletes have the same effect when repeated.
final class Carrying {
    /// A backend that just lost a connection may need a moment, and so may the work it began.
    private static final Duration PAUSE = Duration.ofMillis(200);
    /// What a second answer settles about the first request as well.
    private static final Set<ErrorCode> FINAL = Set.of(
            ErrorCode.VALIDATION_FAILED,
            ErrorCode.NOT_FOUND,
            ErrorCode.DUPLICATE,
            ErrorCode.IDEMPOTENCY_KEY_REUSED);

    private final BackendHttp http;
    private final Credential credential;
    private final Write write;
    private final RestRequest request;
    private final Instant began;

    Carrying(BackendHttp http,
            Credential credential,
            Write write,
            RestRequest request,
            Instant began) {
        this.http = http;
        this.credential = credential;
        this.write = write;
        this.request = request;
        this.began = began;
    }

    Mono<WriteOutcome> run() {
        return send().flatMap(
                first -> first.map(this::explained)
                        .orElseGet(() -> Mono.delay(PAUSE).then(Mono.defer(this::findOut))));
    }

    /// Empty if the outcome is unknown.
    private Mono<Optional<WriteOutcome>> send() {
        return http.send(credential, request).map(exchange -> switch (exchange) {
            case Exchange.Answered(RestAnswer answer) -> RestAnswers.write(answer, write);
            case Exchange.NotSent notSent -> Optional.of(notSent(notSent));
            case Exchange.Lost _ -> Optional.empty();
        });
    }

    private static WriteOutcome notSent(Exchange.NotSent notSent) {
        String message = switch (notSent.code()) {
            case RATE_LIMITED -> "The backend's limit for this credential is used up; nothing was"
                    + " sent.";
            case OVERLOADED -> "Too many calls to the backend are under way; nothing was sent.";
            default -> "The backend cannot be reached; nothing was written.";
        };
        return WriteOutcome.Refused.until(notSent.code(), message, notSent.retryAfter());
    }

    private Mono<WriteOutcome> findOut() {
        return switch (write) {
            case Write.UpdateContact _,Write.UpdateCompany _,Write.UpdateNote _,Write.DeleteNote _ ->
                again();
            case Write.CreateContact _,Write.CreateCompany _,Write.CreateNote _ ->
                look().flatMap(sighting -> switch (sighting) {
                    case Sighting.Ours ours -> Mono.just(found(ours));
                    case Sighting.InTheWay(String id) -> Mono.just(
                            WriteOutcome.Refused.of(ErrorCode.DUPLICATE, "It exists already.")
                                    .existing(id));
                    case Sighting.Absent _ -> write instanceof Write.CreateNote
                            ? Mono.just(new WriteOutcome.Unknown())
                            : again();
                    case Sighting.Blind _ -> Mono.just(new WriteOutcome.Unknown());
                });
        };
    }

    private Mono<WriteOutcome> again() {
        return send().flatMap(
                second -> second.map(this::judged)
                        .orElseGet(() -> Mono.just(new WriteOutcome.Unknown())));
    }

    private Mono<WriteOutcome> judged(WriteOutcome second) {
        return switch (second) {
            case WriteOutcome.Refused refused when isGone(refused) -> Mono.just(
                    new WriteOutcome.Done(MissingNode.getInstance(),
                            ((Write.DeleteNote) write).noteId(), Optional.empty()));
            case WriteOutcome.Refused refused when !FINAL.contains(refused.code()) ->
                Mono.just(new WriteOutcome.Unknown());
            case WriteOutcome.Refused refused when refused.code() == ErrorCode.DUPLICATE ->
                look().map(
                        sighting -> sighting instanceof Sighting.Ours ours && isCreate()
                                ? found(ours)
                                : named(refused, sighting));
            case WriteOutcome.Refused _,WriteOutcome.Done _,WriteOutcome.Unknown _ ->
                Mono.just(second);
        };
    }

    /// The first request has deleted what the second did not find.
    private boolean isGone(WriteOutcome.Refused refused) {
        return refused.code() == ErrorCode.NOT_FOUND && write instanceof Write.DeleteNote;
    }

    private boolean isCreate() {
        return write instanceof Write.CreateContact || write instanceof Write.CreateCompany;
    }

    /// Names what is in the way of a duplicate.
    private Mono<WriteOutcome> explained(WriteOutcome first) {
        return first instanceof WriteOutcome.Refused refused
                && refused.code() == ErrorCode.DUPLICATE
                        ? look().map(sighting -> named(refused, sighting))
                        : Mono.just(first);
    }

    private WriteOutcome named(WriteOutcome.Refused duplicate, Sighting sighting) {
        return switch (sighting) {
            case Sighting.InTheWay(String id) -> duplicate.existing(id);
            case Sighting.Ours(var entity) ->
                RestAnswers.id(write, entity).map(duplicate::existing).orElse(duplicate);
            case Sighting.Absent _,Sighting.Blind _ -> duplicate;
        };
    }

    private WriteOutcome found(Sighting.Ours ours) {
        return RestAnswers.done(write, ours.entity(), Optional.of(1L))
                .<WriteOutcome>map(done -> done)
                .orElseGet(WriteOutcome.Unknown::new);
    }

    private Mono<Sighting> look() {
        return RestRequests.look(write)
                .map(list -> http.send(credential, list).map(exchange -> switch (exchange) {
                    case Exchange.Answered(RestAnswer answer) when answer.isSuccess() ->
                        Sighting.in(answer, write, began);
                    case Exchange.Answered _,Exchange.NotSent _,Exchange.Lost _ ->
                        new Sighting.Blind();
                }))
                .orElseGet(() -> Mono.just(new Sighting.Blind()));
    }
}
