package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.guide.Guide;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Resources and prompts in their wire form.
final class GuideWire {
    static final String MIME_TYPE = "text/markdown";

    private GuideWire() {}

    static Map<String, Object> page(Guide.Page page) {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("uri", page.uri());
        wire.put("name", page.name());
        wire.put("title", page.title());
        wire.put("description", page.description());
        wire.put("mimeType", MIME_TYPE);
        return wire;
    }

    static Map<String, Object> contents(Guide.Page page) {
        return Map.of("uri", page.uri(), "mimeType", MIME_TYPE, "text", page.text());
    }

    static Map<String, Object> prompt(Guide.Prompt prompt) {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("name", prompt.name());
        wire.put("title", prompt.title());
        wire.put("description", prompt.description());
        List<Map<String, Object>> blanks = prompt.blanks()
                .stream()
                .map(
                        blank -> Map.<String, Object>of(
                                "name",
                                blank.name(),
                                "description",
                                blank.description(),
                                "required",
                                blank.required()))
                .toList();
        wire.put("arguments", blanks);
        return wire;
    }

    /// Prompt arguments are texts; anything else is left out.
    static Map<String, String> values(Map<String, Object> arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        arguments.forEach((name, value) -> {
            if (value instanceof String text) {
                values.put(name, text);
            }
        });
        return values;
    }
}
