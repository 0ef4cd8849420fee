package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.guide.Guide;
import ai.pathbound.mcp.tools.ToolCatalog;
import ai.pathbound.mcp.tools.ToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.util.RawValue;

/// Serves revision 2026-07-28: no handshake, each request carries its version and is complete in
/// itself. Apart from the tools it shares nothing with the legacy server, so that a library can
/// replace it.
@Component
final class ModernDispatcher {
    private final ToolCatalog catalog;
    private final ToolGate gate;
    private final Guide guide;
    private final ViewWire views;
    private final ModernChecks checks = new ModernChecks();
    private final long ttlMillis;

    ModernDispatcher(ToolCatalog catalog,
            ToolGate gate,
            Guide guide,
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
        return switch (call.method()) {
            case "server/discover" -> cached(call, discover());
            case "tools/list" -> list(
                    call,
                    "tools",
                    catalog.list(call.caller())
                            .stream()
                            .map(tool -> views.tool(tool, call))
                            .toList());
            case "tools/call" -> callTool(call);
            case "resources/list" ->
                list(
                        call,
                        "resources",
                        Stream.concat(
                                guide.pages().stream().map(GuideWire::page),
                                views.pages(call).stream()).toList());
            case "resources/templates/list" -> list(call, "resourceTemplates", List.of());
            case "resources/read" -> read(call);
            case "prompts/list" ->
                list(call, "prompts", guide.prompts().stream().map(GuideWire::prompt).toList());
            case "prompts/get" -> prompt(call);
            default ->
                Mono.just(call.error(404, Reply.METHOD_NOT_FOUND, "There is no such method."));
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
                        "extensions",
                        Map.of(ViewWire.EXTENSION, Map.of())));
        result.put("instructions", ServerCard.INSTRUCTIONS);
        return result;
    }

    private Mono<Reply> list(Call call, String name, List<?> items) {
        Optional<Reply> refusal = call.strayCursor(400);
        if (refusal.isPresent()) {
            return Mono.just(refusal.get());
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(name, items);
        return cached(call, result);
    }

    private Mono<Reply> callTool(Call call) {
        return switch (gate.pass(call)) {
            case ToolGate.Passage.Closed closed -> Mono.just(closed.reply());
            case ToolGate.Passage.Open open -> catalog
                    .call(call.caller(), open.tool(), call.toolRequest(true))
                    .map(result -> toolResult(call, result));
        };
    }

    private static Reply toolResult(Call call, ToolResult answer) {
        Map<String, Object> result = new LinkedHashMap<>();
        Map<String, Object> meta = ServerCard.meta(answer);
        switch (answer) {
            case ToolResult.Success success -> {
                result.put("content", text(success.text()));
                result.put("structuredContent", new RawValue(success.text()));
            }
            case ToolResult.Failure failure -> {
                result.put("content", text(failure.text()));
                result.put("isError", true);
            }
            case ToolResult.Question question -> {
                result.put("inputRequests", Map.of(question.key(), elicitation(question)));
                result.put("requestState", question.state());
                return reply(call, "input_required", result, meta);
            }
        }
        return complete(call, result, meta);
    }

    private static List<Map<String, Object>> text(String text) {
        return List.of(Map.of("type", "text", "text", text));
    }

    private static Map<String, Object> elicitation(ToolResult.Question question) {
        return Map.of(
                "method",
                "elicitation/create",
                "params",
                Map.of(
                        "mode",
                        "form",
                        "message",
                        question.message(),
                        "requestedSchema",
                        question.schema()));
    }

    private Mono<Reply> read(Call call) {
        Optional<Map<String, Object>> view = views.read(call);
        if (view.isPresent()) {
            return cached(call, new LinkedHashMap<>(view.get()));
        }
        Optional<Guide.Page> page = call.text("uri").flatMap(guide::page);
        if (page.isEmpty()) {
            return Mono.just(
                    Reply.error(
                            200,
                            call.id(),
                            Reply.INVALID_PARAMS,
                            "Resource not found.",
                            Map.of("uri", call.text("uri").orElse(""))));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("contents", List.of(GuideWire.contents(page.get())));
        return cached(call, result);
    }

    private Mono<Reply> prompt(Call call) {
        Optional<Guide.Prompt> prompt = call.text("name").flatMap(guide::prompt);
        if (prompt.isEmpty()) {
            return Mono.just(call.error(200, Reply.INVALID_PARAMS, "Unknown prompt."));
        }
        Map<String, String> values = GuideWire.values(call.members("arguments"));
        List<String> missing = prompt.get().missing(values);
        if (!missing.isEmpty()) {
            return Mono.just(
                    call.error(
                            200,
                            Reply.INVALID_PARAMS,
                            "Missing arguments: " + String.join(", ", missing) + "."));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("description", prompt.get().description());
        result.put(
                "messages",
                List.of(
                        Map.of(
                                "role",
                                "user",
                                "content",
                                Map.of("type", "text", "text", prompt.get().fill(values)))));
        return Mono.just(complete(call, result, new LinkedHashMap<>()));
    }

    /// Never public: what is listed depends on who asks.
    private Mono<Reply> cached(Call call, Map<String, Object> result) {
        result.put("ttlMs", ttlMillis);
        result.put("cacheScope", "private");
        return Mono.just(complete(call, result, new LinkedHashMap<>()));
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
