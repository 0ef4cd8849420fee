package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.guide.Filled;
import ai.pathbound.mcp.guide.Guide;
import ai.pathbound.mcp.guide.Reading;
import ai.pathbound.mcp.guide.Suggestions;
import ai.pathbound.mcp.tools.Abilities;
import ai.pathbound.mcp.tools.InputRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// The methods about resources, prompts and completions, which mean the same in both eras.
@Component
final class GuideMethods {
    private static final int COMPLETIONS_MAX = 100;

    /// What came of a method; each era puts its own envelope around it.
    sealed interface Outcome {
        /// A result that may be kept for a while.
        record Cached(Map<String, Object> result) implements Outcome {}

        /// A result for this request only.
        record Once(Map<String, Object> result) implements Outcome {}

        /// The client is asked first.
        record Asked(Map<String, InputRequest> requests) implements Outcome {}

        /// A JSON-RPC error.
        record Wrong(int code, String message, Map<String, Object> data) implements Outcome {}
    }

    private final Guide guide;
    private final ViewWire views;

    GuideMethods(Guide guide, ViewWire views) {
        this.guide = guide;
        this.views = views;
    }

    /// Answers the method; empty if it is none of these.
    Optional<Mono<Outcome>> answer(Call call, Abilities client) {
        return switch (call.method()) {
            case "resources/list" -> list(
                    "resources",
                    Stream.concat(
                            guide.pages(call.caller()).stream().map(GuideWire::page),
                            views.pages(call).stream()).toList());
            case "resources/templates/list" -> list(
                    "resourceTemplates",
                    guide.templates(call.caller()).stream().map(GuideWire::template).toList());
            case "resources/read" -> Optional.of(read(call));
            case "prompts/list" -> list(
                    "prompts",
                    guide.prompts(call.caller()).stream().map(GuideWire::prompt).toList());
            case "prompts/get" -> Optional.of(prompt(call, client));
            case "completion/complete" -> Optional.of(complete(call));
            default -> Optional.empty();
        };
    }

    private static Optional<Mono<Outcome>> list(String name, List<?> items) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(name, items);
        return Optional.of(Mono.just(new Outcome.Cached(result)));
    }

    private Mono<Outcome> read(Call call) {
        String uri = call.text("uri").orElse("");
        Optional<Map<String, Object>> view = views.read(call);
        if (view.isPresent()) {
            return Mono.just(new Outcome.Cached(new LinkedHashMap<>(view.get())));
        }
        return guide.read(call.caller(), uri).map(reading -> switch (reading) {
            case Reading.Found(var contents) -> {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("contents", List.of(GuideWire.contents(contents)));
                yield contents.freshness().isPresent()
                        ? new Outcome.Once(result)
                        : new Outcome.Cached(result);
            }
            case Reading.Absent _ -> new Outcome.Wrong(Reply.INVALID_PARAMS,
                    "Resource not found.", Map.of("uri", uri));
            case Reading.NotNow(String message, var wait) -> new Outcome.Wrong(
                    Reply.INTERNAL_ERROR, message, Map.of("retry_after_ms", wait.toMillis()));
        });
    }

    private Mono<Outcome> prompt(Call call, Abilities client) {
        JsonNode answers = client.any()
                ? call.params().path("inputResponses")
                : MissingNode.getInstance();
        return guide
                .fill(
                        call.caller(),
                        call.text("name").orElse(""),
                        GuideWire.values(call.members("arguments")),
                        answers)
                .orElseGet(() -> Mono.just(new Filled.Invalid("Unknown prompt.")))
                .map(filled -> switch (filled) {
                    case Filled.Messages messages ->
                        new Outcome.Once(GuideWire.messages(messages));
                    case Filled.Asked(var requests) when client.any() ->
                        new Outcome.Asked(requests);
                    case Filled.Asked _ -> wrong("This prompt needs a client that can be asked.");
                    case Filled.Invalid(String message) -> wrong(message);
                });
    }

    private Mono<Outcome> complete(Call call) {
        JsonNode ref = call.params().path("ref");
        String of = switch (ref.path("type").asString("")) {
            case "ref/prompt" -> ref.path("name").asString("");
            case "ref/resource" -> ref.path("uri").asString("");
            default -> "";
        };
        JsonNode argument = call.params().path("argument");
        if (of.isEmpty() || !argument.path("name").isString()
                || !argument.path("value").isString()) {
            return Mono.just(
                    wrong(
                            "params must hold ref, a prompt or a resource template, and argument"
                                    + " with name and value."));
        }
        if (!guide.knows(call.caller(), of)) {
            return Mono.just(wrong("There is no prompt or resource template of that name."));
        }
        return guide
                .suggest(
                        call.caller(),
                        new Suggestions.Wanted(of, argument.path("name").stringValue(),
                                argument.path("value").stringValue(),
                                GuideWire.texts(call.params().at("/context/arguments"))))
                .map(
                        values -> new Outcome.Once(
                                new LinkedHashMap<>(
                                        Map.of(
                                                "completion",
                                                Map.of(
                                                        "values",
                                                        values.stream()
                                                                .limit(COMPLETIONS_MAX)
                                                                .toList(),
                                                        "total",
                                                        values.size(),
                                                        "hasMore",
                                                        values.size() > COMPLETIONS_MAX)))));
    }

    private static Outcome wrong(String message) {
        return new Outcome.Wrong(Reply.INVALID_PARAMS, message, Map.of());
    }
}
