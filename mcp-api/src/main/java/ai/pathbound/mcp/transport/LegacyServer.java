package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.tools.Abilities;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/// Serves the revisions with a handshake. The handshake, the list of tools and whatever else the Java
/// SDK knows go through it and Spring AI's transport. Calls of tools do not: the transport knows no
/// streams, and would parse each call and render each answer once more.
@Component
final class LegacyServer {
    /// Newest last, which is the one offered to clients that ask for an unknown one.
    static final List<String> VERSIONS = List.of("2025-03-26", "2025-06-18", "2025-11-25");

    private final ToolGate gate;
    private final GuideMethods guide;
    private final LegacyCalls calls;
    private final SdkServer sdk;
    private final Sessions sessions;
    private final List<LegacyMethod> further;

    LegacyServer(ToolGate gate,
            GuideMethods guide,
            LegacyCalls calls,
            SdkServer sdk,
            Sessions sessions,
            List<LegacyMethod> further) {
        this.gate = gate;
        this.guide = guide;
        this.calls = calls;
        this.sdk = sdk;
        this.sessions = sessions;
        this.further = List.copyOf(further);
    }

    Mono<Reply> dispatch(Call call) {
        if (call.id().isEmpty()) {
            return Mono.just(Reply.accepted());
        }
        if (call.method().endsWith("/list")) {
            Optional<Reply> refusal = call.strayCursor(200);
            if (refusal.isPresent()) {
                return Mono.just(refusal.get());
            }
        }
        if (call.method().equals("tools/call")) {
            return switch (gate.pass(call)) {
                case ToolGate.Passage.Closed closed -> Mono.just(closed.reply());
                case ToolGate.Passage.Open open ->
                    calls.answer(call, open.tool(), sessions.abilities(call));
            };
        }
        if (call.method().equals("initialize")) {
            if (!isHandshake(call.params())) {
                return Mono.just(
                        call.error(
                                200,
                                Reply.INVALID_PARAMS,
                                "initialize needs protocolVersion, capabilities and clientInfo with"
                                        + " name and version."));
            }
            Optional<String> session = sessions.open(call.params().path("capabilities"));
            return sdk.handle(call)
                    .map(
                            reply -> session.map(id -> reply.with(Sessions.HEADER, id))
                                    .orElse(reply));
        }
        return guide.answer(call, Abilities.NONE)
                .map(outcome -> outcome.map(found -> reply(call, found)))
                .or(
                        () -> further.stream()
                                .filter(method -> method.name().equals(call.method()))
                                .findFirst()
                                .map(method -> method.answer(call)))
                .orElseGet(() -> sdk.handle(call));
    }

    private static boolean isHandshake(JsonNode params) {
        return params.path("protocolVersion").isString()
                && params.path("capabilities").isObject()
                && params.at("/clientInfo/name").isString()
                && params.at("/clientInfo/version").isString();
    }

    private static Reply reply(Call call, GuideMethods.Outcome outcome) {
        return switch (outcome) {
            case GuideMethods.Outcome.Cached(var result) -> result(call, result);
            case GuideMethods.Outcome.Once(var result) -> result(call, result);
            case GuideMethods.Outcome.Asked _ ->
                throw new IllegalStateException("this client cannot be asked");
            case GuideMethods.Outcome.Wrong(int code, String message, var data) ->
                Reply.error(200, call.id(), code, message, data);
        };
    }

    private static Reply result(Call call, Map<String, Object> result) {
        return Reply.result(call.idOrZero(), new LinkedHashMap<>(result));
    }
}
