package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.tools.Abilities;
import ai.pathbound.mcp.tools.Aside;
import ai.pathbound.mcp.tools.InputRequest;
import ai.pathbound.mcp.tools.ToolCatalog;
import ai.pathbound.mcp.tools.ToolDefinition;
import ai.pathbound.mcp.tools.ToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/// Serves revision 2026-07-28: no handshake, each request carries its version and is complete in
/// itself. Apart from the catalogues it shares nothing with the legacy server, so that a library can
/// replace it.
@Component
final class ModernDispatcher {
    private final ToolCatalog catalog;
    private final ToolGate gate;
    private final GuideMethods guide;
    private final ViewWire views;
    private final ModernChecks checks = new ModernChecks();
    private final long ttlMillis;

    ModernDispatcher(ToolCatalog catalog,
            ToolGate gate,
            GuideMethods guide,
            ViewWire views,
            TransportSettings settings) {
        this.catalog = catalog;
        this.gate = gate;
        this.guide = guide;
        this.views = views;
        ttlMillis = settings.listTtl().toMillis();
    }

    Mono<Reply> dispatch(Call call) {
        if (call.id().isEmpty()) {
            return Mono.just(Reply.accepted());
        }
        Optional<Reply> refusal = checks.check(call);
        if (refusal.isPresent()) {
            return Mono.just(refusal.get());
        }
        if (call.method().endsWith("/list")) {
            refusal = call.strayCursor(400);
            if (refusal.isPresent()) {
                return Mono.just(refusal.get());
            }
        }
        return switch (call.method()) {
            case "server/discover" -> Mono.just(cached(call, discover()));
            case "tools/list" -> {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put(
                        "tools",
                        catalog.list(call.caller())
                                .stream()
                                .map(tool -> views.tool(tool, call))
                                .toList());
                yield Mono.just(cached(call, result));
            }
            case "tools/call" -> callTool(call);
            default -> guide.answer(call, abilities(call))
                    .map(outcome -> outcome.map(found -> reply(call, found)))
                    .orElseGet(
                            () -> Mono.just(
                                    call.error(
                                            404,
                                            Reply.METHOD_NOT_FOUND,
                                            "There is no such method.")));
        };
    }

    private static Map<String, Object> discover() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("supportedVersions", List.of(EraRouter.MODERN_VERSION));
        result.put(
                "capabilities",
                Map.of(
                        "tools",
                        Map.of(),
                        "resources",
                        Map.of(),
                        "prompts",
                        Map.of(),
                        "completions",
                        Map.of(),
                        "extensions",
                        Map.of(ViewWire.EXTENSION, Map.of())));
        result.put("instructions", ServerCard.INSTRUCTIONS);
        return result;
    }

    private static Abilities abilities(Call call) {
        return Abilities.of(call.meta().path("io.modelcontextprotocol/clientCapabilities"));
    }

    private Mono<Reply> callTool(Call call) {
        return switch (gate.pass(call)) {
            case ToolGate.Passage.Closed closed -> Mono.just(closed.reply());
            case ToolGate.Passage.Open open -> {
                JsonNode progress = call.progressToken();
                Optional<String> level = Optional
                        .of(call.meta().path("io.modelcontextprotocol/logLevel").asString(""))
                        .filter(text -> !text.isEmpty());
                yield call.acceptsStream() && (!progress.isMissingNode() || level.isPresent())
                        ? Mono.just(
                                Reply.stream(
                                        Notices.stream(
                                                progress,
                                                level,
                                                aside -> run(call, open.tool(), aside)
                                                        .map(ModernDispatcher::message))))
                        : run(call, open.tool(), Aside.NONE);
            }
        };
    }

    private Mono<Reply> run(Call call, ToolDefinition tool, Aside aside) {
        return catalog.call(call.caller(), tool, call.toolRequest(abilities(call), aside))
                .map(result -> toolResult(call, result));
    }

    private static Object message(Reply reply) {
        if (reply.body() instanceof Reply.Body.Message(Object message)) {
            return message;
        }
        throw new IllegalStateException("the result of a tool is one message");
    }

    private static Reply toolResult(Call call, ToolResult answer) {
        Map<String, Object> meta = ServerCard.meta(answer);
        return switch (answer) {
            case ToolResult.Success success -> {
                meta.put("io.modelcontextprotocol/serverInfo", ServerCard.serverInfo());
                yield Reply.message(ToolMessage.success(call.idOrZero(), success, meta, true));
            }
            case ToolResult.Failure failure ->
                complete(call, ToolMessage.members(ToolMessage.text(failure.text()), true), meta);
            case ToolResult.Content content ->
                complete(call, ToolMessage.members(content.blocks(), content.isError()), meta);
            case ToolResult.Asked asked -> asked(call, asked.requests(), asked.state());
            case ToolResult.NeedsClient(var capabilities) -> Reply.error(
                    400,
                    call.id(),
                    Reply.MISSING_CAPABILITY,
                    "The tool needs a client capability that is not declared.",
                    Map.of("requiredCapabilities", capabilities));
            case ToolResult.Malformed(String message) ->
                call.error(400, Reply.INVALID_PARAMS, message);
        };
    }

    private Reply reply(Call call, GuideMethods.Outcome outcome) {
        return switch (outcome) {
            case GuideMethods.Outcome.Cached(var result) -> cached(call, result);
            case GuideMethods.Outcome.Once(var result) -> {
                if (call.method().equals("resources/read")) {
                    // Read from what changes all the time.
                    result.put("ttlMs", 0);
                    result.put("cacheScope", "private");
                }
                yield complete(call, result, new LinkedHashMap<>());
            }
            case GuideMethods.Outcome.Asked(var requests) ->
                asked(call, requests, Optional.empty());
            case GuideMethods.Outcome.Wrong(int code, String message, var data) ->
                Reply.error(200, call.id(), code, message, data);
        };
    }

    private static Reply asked(Call call,
            Map<String, InputRequest> requests,
            Optional<String> state) {
        Map<String, Object> wire = new LinkedHashMap<>();
        requests.forEach((key, request) -> wire.put(key, request.wire()));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("inputRequests", wire);
        state.ifPresent(text -> result.put("requestState", text));
        return reply(call, "input_required", result, new LinkedHashMap<>());
    }

    /// Never public: what is listed depends on who asks.
    private Reply cached(Call call, Map<String, Object> result) {
        result.put("ttlMs", ttlMillis);
        result.put("cacheScope", "private");
        return complete(call, result, new LinkedHashMap<>());
    }

    private static Reply complete(Call call,
            Map<String, Object> result,
            Map<String, Object> meta) {
        return reply(call, "complete", result, meta);
    }

    private static Reply reply(Call call,
            String resultType,
            Map<String, Object> result,
            Map<String, Object> meta) {
        meta.put("io.modelcontextprotocol/serverInfo", ServerCard.serverInfo());
        result.put("resultType", resultType);
        result.put("_meta", meta);
        return Reply.result(call.idOrZero(), result);
    }
}
