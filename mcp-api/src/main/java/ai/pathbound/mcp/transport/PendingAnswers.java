package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.json.Wire;
import ai.pathbound.mcp.tools.InputRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;

/// Requests this process has put to clients of the handshake era on the streams of their calls, and
/// the answers, which come in requests of their own. An answer counts only from the user that was
/// asked.
@Component
final class PendingAnswers {
    /// What nobody answers reads as, in the words of a form.
    private static final JsonNode CANCELLED = Wire.MAPPER.createObjectNode()
            .put("action", "cancel");

    private record Waiting(String tenant, String user, Sinks.One<JsonNode> answer) {}

    /// One request under way.
    ///
    /// @param message the JSON-RPC request
    /// @param answer what came back; cancelled by silence
    record Asked(Map<String, Object> message, Mono<JsonNode> answer) {}

    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Duration within;

    PendingAnswers(TransportSettings settings) {
        within = settings.answerWithin();
    }

    /// Registers a request; forgotten once its answer has come or nobody waits for it.
    Asked ask(Caller caller, InputRequest request) {
        String id = UUID.randomUUID().toString();
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", "2.0");
        message.put("id", id);
        message.putAll(request.wire());
        Sinks.One<JsonNode> answer = Sinks.one();
        Mono<JsonNode> come = Mono.defer(() -> {
            waiting.put(id, new Waiting(caller.tenant(), caller.userId(), answer));
            return answer.asMono()
                    .timeout(within, Mono.just(CANCELLED))
                    .doFinally(_ -> waiting.remove(id));
        });
        return new Asked(message, come);
    }

    /// Passes an answer on.
    ///
    /// @return false if nobody waits for it
    boolean answer(Parsed.Response response) {
        Optional<Waiting> one = Optional.ofNullable(waiting.get(response.id()))
                .filter(
                        asked -> asked.tenant().equals(response.caller().tenant())
                                && asked.user().equals(response.caller().userId()));
        one.ifPresent(
                asked -> asked.answer()
                        .emitValue(
                                response.message().path("result").isObject()
                                        ? response.message().path("result")
                                        : CANCELLED,
                                (_, _) -> false));
        return one.isPresent();
    }
}
