package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.json.Wire;
import ai.pathbound.mcp.tools.Abilities;
import ai.pathbound.mcp.tools.Aside;
import ai.pathbound.mcp.tools.ToolCatalog;
import ai.pathbound.mcp.tools.ToolDefinition;
import ai.pathbound.mcp.tools.ToolRequest;
import ai.pathbound.mcp.tools.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Calls of the handshake era that need more than one message back: progress, log messages, and
/// requests to the client. A tool that asks returns what it asks for, as in the later revision; here
/// the requests go out on the stream of the call, the answers come in requests of their own, and the
/// tool is called again with them.
@Component
final class LegacyCalls {
    /// More rounds than any tool of ours has; a tool must not ask for ever.
    private static final int ROUNDS_MAX = 5;

    private final ToolCatalog catalog;
    private final Sessions sessions;
    private final PendingAnswers pending;

    LegacyCalls(ToolCatalog catalog, Sessions sessions, PendingAnswers pending) {
        this.catalog = catalog;
        this.sessions = sessions;
        this.pending = pending;
    }

    /// Whether the client has asked to be told something before the result.
    boolean needsStream(Call call) {
        return call.acceptsStream()
                && (!call.progressToken().isMissingNode() || sessions.level(call).isPresent());
    }

    /// The answer: one message if the tool asks for nothing and the client wanted no more.
    Mono<Reply> answer(Call call, ToolDefinition tool, Abilities client) {
        if (needsStream(call)) {
            return Mono.just(
                    Reply.stream(
                            Flux.create(sink -> {
                                Notices aside = new Notices(call.progressToken(),
                                        sessions.level(call), sink::next);
                                ToolRequest request = call.toolRequest(client, aside);
                                sink.onDispose(
                                        rounds(call, tool, request)
                                                .subscribe(
                                                        sink::next,
                                                        sink::error,
                                                        sink::complete));
                            })));
        }
        ToolRequest request = call.toolRequest(client, Aside.NONE);
        return catalog.call(call.caller(), tool, request)
                .map(
                        result -> result instanceof ToolResult.Asked asked
                                ? Reply.stream(ask(call, tool, request, asked, 1))
                                : Reply.message(message(call, result)));
    }

    private Flux<Object> rounds(Call call, ToolDefinition tool, ToolRequest request) {
        return catalog.call(call.caller(), tool, request)
                .flatMapMany(result -> next(call, tool, request, result, 1));
    }

    private Flux<Object> next(Call call,
            ToolDefinition tool,
            ToolRequest request,
            ToolResult result,
            int round) {
        return result instanceof ToolResult.Asked asked && round <= ROUNDS_MAX
                ? ask(call, tool, request, asked, round)
                : Flux.just(message(call, result));
    }

    private Flux<Object> ask(Call call,
            ToolDefinition tool,
            ToolRequest request,
            ToolResult.Asked asked,
            int round) {
        List<Object> questions = new ArrayList<>();
        List<Mono<Map.Entry<String, JsonNode>>> answers = new ArrayList<>();
        asked.requests().forEach((key, wanted) -> {
            PendingAnswers.Asked one = pending.ask(call.caller(), wanted);
            questions.add(one.message());
            answers.add(one.answer().map(answer -> Map.entry(key, answer)));
        });
        Mono<ObjectNode> all = Flux.merge(answers)
                .collect(
                        Wire.MAPPER::createObjectNode,
                        (given, answer) -> given.set(answer.getKey(), answer.getValue()));
        Flux<Object> result = all.flatMapMany(given -> {
            ToolRequest answered = request.answered(given, asked.state());
            return catalog.call(call.caller(), tool, answered)
                    .flatMapMany(then -> next(call, tool, answered, then, round + 1));
        });
        // Waiting begins before the questions go out: an answer may be quick.
        return Flux.merge(result, Flux.fromIterable(questions));
    }

    private static Object message(Call call, ToolResult result) {
        Map<String, Object> meta = ServerCard.meta(result);
        if (result instanceof ToolResult.Success success) {
            return ToolMessage.success(call.idOrZero(), success, meta, false);
        }
        if (result instanceof ToolResult.Malformed(String wrong)) {
            return error(call, wrong);
        }
        Map<String, Object> members = LegacyResults.members(result);
        if (!meta.isEmpty()) {
            members.put("_meta", meta);
        }
        return body(Reply.result(call.idOrZero(), members));
    }

    private static Object error(Call call, String wrong) {
        return body(call.error(200, Reply.INVALID_PARAMS, wrong));
    }

    private static Object body(Reply reply) {
        if (reply.body() instanceof Reply.Body.Message(Object message)) {
            return message;
        }
        throw new IllegalStateException("not one message");
    }
}
