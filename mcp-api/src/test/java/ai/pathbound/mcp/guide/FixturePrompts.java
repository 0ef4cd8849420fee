package ai.pathbound.mcp.guide;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.tools.FixtureTools;
import ai.pathbound.mcp.tools.InputRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/// The prompts the official conformance suite asks for by name.
@Order(100)
public final class FixturePrompts implements PromptBook {
    private static final String ASKING = "test_input_required_result_prompt";

    @Override
    public List<Prompt> prompts(Caller caller) {
        return List.of(
                prompt("test_simple_prompt"),
                prompt("test_prompt_with_arguments", "arg1", "arg2"),
                prompt("test_prompt_with_embedded_resource", "resourceUri"),
                prompt("test_prompt_with_image"),
                prompt(ASKING));
    }

    private static Prompt prompt(String name, String... blanks) {
        return new Prompt(name, name, "A prompt of the conformance suite.",
                List.of(blanks)
                        .stream()
                        .map(blank -> new Blank(blank, "A blank of the suite.", true, ""))
                        .toList());
    }

    @Override
    public Optional<Mono<Filled>> fill(Caller caller,
            String name,
            Map<String, String> values,
            JsonNode answers) {
        return Optional.ofNullable(switch (name) {
            case "test_simple_prompt" ->
                messages(List.of(FixtureTools.text("This is a simple prompt for testing.")));
            case "test_prompt_with_arguments" -> messages(
                    List.of(
                            FixtureTools.text(
                                    "Prompt with arguments: arg1='" + values.get("arg1")
                                            + "', arg2='" + values.get("arg2") + "'")));
            case "test_prompt_with_embedded_resource" -> messages(
                    List.of(
                            FixtureTools.resource(
                                    values.getOrDefault("resourceUri", ""),
                                    "text/plain",
                                    "Embedded resource content for testing."),
                            FixtureTools.text("Please process the embedded resource above.")));
            case "test_prompt_with_image" -> messages(
                    List.of(
                            FixtureTools.block("image", FixtureTools.PNG, "image/png"),
                            FixtureTools.text("Please analyze the image above.")));
            case ASKING -> answers.path("user_context").isObject()
                    ? messages(List.of(FixtureTools.text("Context: " + answers)))
                    : new Filled.Asked(
                            Map.of(
                                    "user_context",
                                    InputRequest.form(
                                            "What context should the prompt use?",
                                            Map.of(
                                                    "type",
                                                    "object",
                                                    "properties",
                                                    Map.of("context", Map.of("type", "string")),
                                                    "required",
                                                    List.of("context")))));
            default -> null;
        }).map(Mono::just);
    }

    private static Filled messages(List<Map<String, Object>> contents) {
        return new Filled.Messages("A prompt of the conformance suite.", contents);
    }
}
