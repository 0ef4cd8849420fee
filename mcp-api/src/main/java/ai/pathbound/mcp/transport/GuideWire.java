package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.guide.Contents;
import ai.pathbound.mcp.guide.Filled;
import ai.pathbound.mcp.guide.Page;
import ai.pathbound.mcp.guide.Prompt;
import ai.pathbound.mcp.guide.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Resources and prompts in their wire form.
final class GuideWire {
    private GuideWire() {}

    static Map<String, Object> page(Page page) {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("uri", page.uri());
        wire.put("name", page.name());
        wire.put("title", page.title());
        wire.put("description", page.description());
        wire.put("mimeType", page.mimeType());
        return wire;
    }

    static Map<String, Object> template(Template template) {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("uriTemplate", template.uriTemplate());
        wire.put("name", template.name());
        wire.put("title", template.title());
        wire.put("description", template.description());
        wire.put("mimeType", template.mimeType());
        return wire;
    }

    static Map<String, Object> contents(Contents contents) {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("uri", contents.uri());
        wire.put("mimeType", contents.mimeType());
        wire.put(contents.isText() ? "text" : "blob", contents.data());
        contents.freshness()
                .ifPresent(
                        fresh -> wire.put(
                                "_meta",
                                Map.of(ServerCard.FRESHNESS, ServerCard.wire(fresh, false))));
        return wire;
    }

    static Map<String, Object> prompt(Prompt prompt) {
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

    static Map<String, Object> messages(Filled.Messages filled) {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("description", filled.description());
        wire.put(
                "messages",
                filled.contents()
                        .stream()
                        .map(content -> Map.of("role", "user", "content", content))
                        .toList());
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

    /// The members of an object that are texts.
    static Map<String, String> texts(JsonNode object) {
        Map<String, String> values = new LinkedHashMap<>();
        object.properties().forEach(member -> {
            if (member.getValue().isString()) {
                values.put(member.getKey(), member.getValue().stringValue());
            }
        });
        return values;
    }
}
