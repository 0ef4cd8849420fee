package ai.pathbound.mcp.tools;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.core.annotation.Order;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/// The tools the official conformance suite calls by name. They go through the catalog as ours do, and
/// use what the protocol has and our tools do not: images, log messages, requests to the client's model.
@Order(100)
public final class FixtureTools implements ToolFamily {
    /// One red pixel.
    public static final String PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmM"
            + "IQAAAABJRU5ErkJggg==";
    /// No sound at all.
    private static final String WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Map<String, Object> NOTHING = Map.of();

    private final String sealed = UUID.randomUUID().toString();

    @Override
    public List<Tool> tools() {
        List<Tool> tools = new ArrayList<>();
        tools.add(
                says(
                        "test_simple_text",
                        List.of(text("This is a simple text response for testing."))));
        tools.add(says("test_image_content", List.of(block("image", PNG, "image/png"))));
        tools.add(says("test_audio_content", List.of(block("audio", WAV, "audio/wav"))));
        tools.add(
                says(
                        "test_embedded_resource",
                        List.of(
                                resource(
                                        "test://embedded-resource",
                                        "text/plain",
                                        "This is an embedded resource content."))));
        tools.add(
                says(
                        "test_multiple_content_types",
                        List.of(
                                text("Multiple content types test:"),
                                block("image", PNG, "image/png"),
                                resource(
                                        "test://mixed-content-resource",
                                        "application/json",
                                        "{\"test\":\"data\",\"value\":123}"))));
        tools.add(
                tool(
                        "test_error_handling",
                        _ -> new ToolResult.Content(
                                List.of(
                                        text(
                                                "This tool intentionally returns an error for testing")),
                                true)));
        tools.add(slow("test_tool_with_progress"));
        tools.add(slow("test_tool_with_logging"));
        tools.add(slow("test_logging_tool"));
        asking(tools);
        return tools;
    }

    private void asking(List<Tool> tools) {
        tools.add(
                tool(
                        "test_missing_capability",
                        request -> request.client().sampling()
                                ? content(List.of(text("Sampling is declared.")))
                                : new ToolResult.NeedsClient(Map.of("sampling", NOTHING))));
        tools.add(asks("test_streaming_elicitation", Map.of("confirm", form("Sure?", "ok"))));
        tools.add(asks("test_input_required_result_elicitation", Map.of("user_name", name())));
        tools.add(
                asks(
                        "test_input_required_result_sampling",
                        Map.of("capital_question", sampling("What is the capital of France?"))));
        tools.add(
                asks(
                        "test_input_required_result_list_roots",
                        Map.of("client_roots", new InputRequest("roots/list", NOTHING))));
        Map<String, InputRequest> several = new LinkedHashMap<>();
        several.put("user_name", name());
        several.put("greeting", sampling("Generate a greeting"));
        several.put("client_roots", new InputRequest("roots/list", NOTHING));
        tools.add(asks("test_input_required_result_multiple_inputs", several));
        tools.add(
                asks(
                        "test_input_required_result_request_state",
                        Map.of("confirm", form("Please confirm", "ok"))));
        tools.add(
                asks(
                        "test_input_required_result_tampered_state",
                        Map.of("confirm", form("Please confirm", "ok"))));
        tools.add(tool("test_input_required_result_multi_round", this::rounds));
        tools.add(tool("test_input_required_result_capabilities", FixtureTools::whatItCan));
        tools.add(
                asks("test_sampling", Map.of("sampling", sampling("Test prompt for sampling"))));
        tools.add(asks("test_elicitation", Map.of("user", form("Who are you?", "username"))));
        tools.add(asks("test_elicitation_sep1034_defaults", Map.of("user", defaults())));
        tools.add(asks("test_elicitation_sep1330_enums", Map.of("user", enums())));
    }

    private Tool asks(String name, Map<String, InputRequest> requests) {
        return tool(name, request -> {
            if (request.state().filter(state -> !state.equals(sealed)).isPresent()) {
                return new ToolResult.Malformed("requestState is not what this server gave out.");
            }
            boolean all = requests.keySet()
                    .stream()
                    .allMatch(key -> request.answers().path(key).isObject());
            return all
                    ? content(List.of(text("state-ok: " + request.answers())))
                    : new ToolResult.Asked(requests, Optional.of(sealed));
        });
    }

    private ToolResult rounds(ToolRequest request) {
        JsonNode answers = request.answers();
        if (request.state().equals(Optional.of("round-2")) && answers.path("step2").isObject()) {
            return content(List.of(text("Both steps are done.")));
        }
        return request.state().equals(Optional.of("round-1")) && answers.path("step1").isObject()
                ? new ToolResult.Asked(
                        Map.of("step2", form("Step 2: What is your favorite color?", "color")),
                        Optional.of("round-2"))
                : new ToolResult.Asked(
                        Map.of("step1", form("Step 1: What is your name?", "name")),
                        Optional.of("round-1"));
    }

    private static ToolResult whatItCan(ToolRequest request) {
        Map<String, InputRequest> requests = new LinkedHashMap<>();
        if (request.client().sampling()) {
            requests.put("greeting", sampling("Generate a greeting"));
        }
        if (request.client().forms()) {
            requests.put("user_name", name());
        }
        return new ToolResult.Asked(requests, Optional.empty());
    }

    /// Tells how far it is in three steps, and in the log, too.
    private static Tool slow(String name) {
        return new Tool.Write(definition(name), (_, _, request) -> {
            request.aside().log("info", "Tool execution started");
            request.aside().progress(1, 100, "");
            return Mono.delay(PAUSE).flatMap(_ -> {
                request.aside().log("info", "Tool processing data");
                request.aside().progress(50, 100, "");
                return Mono.delay(PAUSE);
            }).map(_ -> {
                request.aside().log("info", "Tool execution completed");
                request.aside().progress(100, 100, "");
                return content(List.of(text("Done in three steps.")));
            });
        });
    }

    private static Tool says(String name, List<Map<String, Object>> blocks) {
        return tool(name, _ -> content(blocks));
    }

    private static Tool tool(String name, Function<ToolRequest, ToolResult> answer) {
        return new Tool.Write(definition(name),
                (_, _, request) -> Mono.fromSupplier(() -> answer.apply(request)));
    }

    private static ToolDefinition definition(String name) {
        return new ToolDefinition(name, name, "A tool of the conformance suite.", "contacts:read",
                Hints.CREATE,
                List.of(
                        Parameter.text("prompt", "What a model is asked."),
                        Parameter.text("message", "What a user is asked.")),
                Map.of());
    }

    private static ToolResult content(List<Map<String, Object>> blocks) {
        return new ToolResult.Content(blocks, false);
    }

    public static Map<String, Object> text(String text) {
        return Map.of("type", "text", "text", text);
    }

    public static Map<String, Object> block(String type, String data, String mimeType) {
        return Map.of("type", type, "data", data, "mimeType", mimeType);
    }

    public static Map<String, Object> resource(String uri, String mimeType, String text) {
        return Map.of(
                "type",
                "resource",
                "resource",
                Map.of("uri", uri, "mimeType", mimeType, "text", text));
    }

    private static InputRequest name() {
        return form("What is your name?", "name");
    }

    private static InputRequest form(String message, String field) {
        return form(
                message,
                Map.of(
                        "type",
                        "object",
                        "properties",
                        Map.of(field, Map.of("type", field.equals("ok") ? "boolean" : "string")),
                        "required",
                        List.of(field)));
    }

    private static InputRequest form(String message, Map<String, Object> schema) {
        return InputRequest.form(message, schema);
    }

    private static InputRequest sampling(String prompt) {
        return new InputRequest("sampling/createMessage",
                Map.of(
                        "messages",
                        List.of(Map.of("role", "user", "content", text(prompt))),
                        "maxTokens",
                        100));
    }

    private static InputRequest defaults() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", Map.of("type", "string", "default", "John Doe"));
        fields.put("age", Map.of("type", "integer", "default", 30));
        fields.put("score", Map.of("type", "number", "default", 95.5));
        fields.put(
                "status",
                Map.of(
                        "type",
                        "string",
                        "enum",
                        List.of("active", "inactive", "pending"),
                        "default",
                        "active"));
        fields.put("verified", Map.of("type", "boolean", "default", true));
        return form("Who are you?", Map.of("type", "object", "properties", fields));
    }

    private static InputRequest enums() {
        List<Map<String, Object>> titled = List
                .of(
                        Map.of("const", "value1", "title", "First Option"),
                        Map.of("const", "value2", "title", "Second Option"));
        List<String> plain = List.of("option1", "option2", "option3");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("untitledSingle", Map.of("type", "string", "enum", plain));
        fields.put("titledSingle", Map.of("type", "string", "oneOf", titled));
        fields.put(
                "legacyEnum",
                Map.of(
                        "type",
                        "string",
                        "enum",
                        List.of("opt1", "opt2", "opt3"),
                        "enumNames",
                        List.of("Option One", "Option Two", "Option Three")));
        fields.put(
                "untitledMulti",
                Map.of("type", "array", "items", Map.of("type", "string", "enum", plain)));
        fields.put("titledMulti", Map.of("type", "array", "items", Map.of("anyOf", titled)));
        return form("Choose", Map.of("type", "object", "properties", fields));
    }
}
