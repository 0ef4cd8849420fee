package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.errors.Reason;
import ai.pathbound.mcp.errors.Refusal;
import ai.pathbound.mcp.limits.Grant;
import ai.pathbound.mcp.limits.UserLimits;
import ai.pathbound.mcp.metrics.ToolTimes;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/// Holds every message against its user's limits before an era sees it, so that both eras are limited
/// alike. Calls of writing tools count as writes, all else as reads: lists, pings, notifications and
/// what is no message at all. A call is under way until its answer is written.
@Component
final class Admission {
    private final UserLimits limits;
    private final ToolGate gate;
    private final EraRouter router;
    private final PendingAnswers pending;
    private final ToolTimes times;

    Admission(UserLimits limits,
            ToolGate gate,
            EraRouter router,
            PendingAnswers pending,
            ToolTimes times) {
        this.limits = limits;
        this.gate = gate;
        this.router = router;
        this.pending = pending;
        this.times = times;
    }

    /// @param write writes an answer
    Mono<Void> answer(Parsed parsed,
            ServerRequest request,
            Caller caller,
            Function<Reply, Mono<Void>> write) {
        Mono<Reply> reply = switch (parsed) {
            case Parsed.Message(Call call) -> router.route(call);
            case Parsed.Response response -> Mono.fromSupplier(() -> taken(response, request));
            case Parsed.Malformed(Reply refusal) -> Mono.just(refusal);
        };
        boolean writes = parsed instanceof Parsed.Message(Call call) && gate.writes(call);
        Optional<Object> id = parsed instanceof Parsed.Message(Call call)
                ? call.id()
                : Reply.unknownId(request);
        return limits.within(
                caller,
                writes ? UserLimits.Kind.WRITE : UserLimits.Kind.READ,
                passed -> reply.flatMap(
                        answer -> write.apply(answer.with(passed.headers()))
                                .thenReturn(Optional.<Reply>empty())),
                refused -> Optional.of(refusal(id, refused)))
                .flatMap(refused -> refused.map(write).orElseGet(Mono::empty));
    }

    private Reply taken(Parsed.Response response, ServerRequest request) {
        return pending.answer(response)
                ? Reply.accepted()
                : Reply.error(
                        400,
                        Reply.unknownId(request),
                        Reply.INVALID_REQUEST,
                        "Nobody here has asked for this answer.");
    }

    private Reply refusal(Optional<Object> id, Grant.Refused refused) {
        times.limited();
        return Reply
                .refusal(
                        id,
                        Refusal.of(Reason.RATE_LIMITED, refused.why())
                                .retryAfter(refused.retryAfter()))
                .with(refused.headers());
    }
}
