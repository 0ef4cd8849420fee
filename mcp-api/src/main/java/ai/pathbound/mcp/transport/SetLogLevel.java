package ai.pathbound.mcp.transport;

import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Sets from which level on a session wants log messages on the streams of its calls.
@Component
final class SetLogLevel implements LegacyMethod {
    private final Sessions sessions;

    SetLogLevel(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return "logging/setLevel";
    }

    @Override
    public Mono<Reply> answer(Call call) {
        boolean known = sessions.log(call, call.text("level").orElse(""));
        return Mono.just(
                known
                        ? Reply.result(call.idOrZero(), Map.of())
                        : call.error(
                                200,
                                Reply.INVALID_PARAMS,
                                "level must be one of the protocol's log levels."));
    }
}
