package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.tools.Aside;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/// What a call says before its result, as notifications on its stream.
final class Notices implements Aside {
    private final JsonNode progressToken;
    private final Optional<String> leastLevel;
    private final Consumer<Object> out;

    /// @param progressToken missing where the client wants no progress
    /// @param leastLevel empty where it wants no log
    Notices(JsonNode progressToken, Optional<String> leastLevel, Consumer<Object> out) {
        this.progressToken = progressToken;
        this.leastLevel = leastLevel;
        this.out = out;
    }

    /// The messages of a call and, last, its answer. Whoever stops reading stops the call.
    static Flux<Object> stream(JsonNode progressToken,
            Optional<String> leastLevel,
            Function<Aside, Mono<Object>> call) {
        return Flux.create(sink -> {
            Disposable running = call.apply(new Notices(progressToken, leastLevel, sink::next))
                    .subscribe(sink::next, sink::error, sink::complete);
            sink.onDispose(running);
        });
    }

    @Override
    public void progress(long done, long total, String message) {
        if (progressToken.isMissingNode()) {
            return;
        }
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("progressToken", progressToken);
        params.put("progress", done);
        if (total > 0) {
            params.put("total", total);
        }
        if (!message.isEmpty()) {
            params.put("message", message);
        }
        out.accept(notification("notifications/progress", params));
    }

    @Override
    public void log(String level, String message) {
        if (leastLevel.filter(least -> Sessions.isLogged(level, least)).isPresent()) {
            out.accept(
                    notification(
                            "notifications/message",
                            Map.of("level", level, "logger", ServerCard.NAME, "data", message)));
        }
    }

    private static Map<String, Object> notification(String method, Map<String, Object> params) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", "2.0");
        message.put("method", method);
        message.put("params", params);
        return message;
    }
}
