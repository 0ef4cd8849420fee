package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.tools.ToolDefinition;
import ai.pathbound.mcp.views.View;
import ai.pathbound.mcp.views.Views;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Views in their wire form (MCP Apps). A client of 2026-07-28 says with each request whether it shows
/// views; one that does not sees nothing of them in its lists. Older clients said it in a handshake
/// that nobody here remembers: their tools name the view, which those without the extension ignore.
@Component
final class ViewWire {
    static final String EXTENSION = "io.modelcontextprotocol/ui";
    private static final Map<String, Object> RESOURCE_META = Map.of(
            "ui",
            Map.of(
                    // No origin for anything: the page is whole.
                    "csp",
                    Map.of("connectDomains", List.of(), "resourceDomains", List.of()),
                    "prefersBorder",
                    true));

    private final Views views;

    ViewWire(Views views) {
        this.views = views;
    }

    /// Whether this request's client shows views.
    static boolean isDeclared(Call call) {
        JsonNode types = call.params()
                .path("_meta")
                .path("io.modelcontextprotocol/clientCapabilities")
                .path("extensions")
                .path(EXTENSION)
                .path("mimeTypes");
        return StreamSupport.stream(types.spliterator(), false)
                .anyMatch(type -> type.asString("").equals(View.MIME_TYPE));
    }

    /// The tool as this client's list shows it.
    Map<String, Object> tool(ToolDefinition tool, Call call) {
        Map<String, Object> wire = tool.wire();
        if (isDeclared(call)) {
            meta(tool).ifPresent(meta -> wire.put("_meta", meta));
        }
        return wire;
    }

    /// What a tool says about its view.
    Optional<Map<String, Object>> meta(ToolDefinition tool) {
        return views.ofTool(tool.name()).map(uri -> Map.of("ui", Map.of("resourceUri", uri)));
    }

    /// The views as this client's list of resources shows them.
    List<Map<String, Object>> pages(Call call) {
        return isDeclared(call) ? views.all().stream().map(ViewWire::page).toList() : List.of();
    }

    private static Map<String, Object> page(View view) {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("uri", view.uri());
        wire.put("name", view.name());
        wire.put("title", view.title());
        wire.put("description", view.description());
        wire.put("mimeType", View.MIME_TYPE);
        wire.put("_meta", RESOURCE_META);
        return wire;
    }

    /// The view that a `resources/read` asks for. Hosts fetch it by the address the tool gave, so
    /// everyone may read it.
    Optional<Map<String, Object>> read(Call call) {
        return call.text("uri")
                .flatMap(views::find)
                .map(
                        view -> Map.of(
                                "contents",
                                List.of(
                                        Map.of(
                                                "uri",
                                                view.uri(),
                                                "mimeType",
                                                View.MIME_TYPE,
                                                "text",
                                                view.html(),
                                                "_meta",
                                                RESOURCE_META))));
    }
}
