package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.limits.Grant;
import ai.pathbound.mcp.limits.UserLimits;
import ai.pathbound.mcp.metrics.ToolTimes;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Holds every message against its user's limits before an era sees it, so that both eras are limited
/// alike. Calls of writing tools count as writes, all else as reads: lists, pings, notifications and
/// what is no message at all.
@Component
final class Admission {
    private final UserLimits limits;
    private final ToolGate gate;
    private final EraRouter router;
    private final ToolTimes times;

    Admission(UserLimits limits, ToolGate gate, EraRouter router, ToolTimes times) {
        this.limits = limits;
        this.gate = gate;
        this.router = router;
        this.times = times;
    }

    Mono<Reply> answer(Parsed parsed, Caller caller) {
        return switch (parsed) {
            case Parsed.Message(Call call) -> limits.within(
                    caller,
                    gate.writes(call) ? UserLimits.Kind.WRITE : UserLimits.Kind.READ,
                    passed -> router.route(call).map(reply -> reply.with(passed.headers())),
                    refused -> refusal(call.id(), refused));
            case Parsed.Malformed(Reply reply) -> limits.within(
                    caller,
                    UserLimits.Kind.READ,
                    passed -> Mono.just(reply.with(passed.headers())),
                    refused -> refusal(Optional.empty(), refused));
        };
    }

    private Reply refusal(Optional<Object> id, Grant.Refused refused) {
        times.limited();
        return Reply.error(
                429,
                id,
                Reply.RATE_LIMITED,
                refused.why(),
                Map.of("retry_after_ms", Math.max(1, refused.retryAfter().toMillis())))
                .with(refused.headers());
    }
}
