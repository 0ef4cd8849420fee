package ai.pathbound.mcp.views;

/// A page that draws the answers of some tools. It is whole in itself: it asks the network for nothing.
///
/// @param uri its address as a resource, `ui://…`
/// @param html the whole page
public record View(String uri, String name, String title, String description, String html) {
    /// The kind of resource that clients with the extension show.
    public static final String MIME_TYPE = "text/html;profile=mcp-app";
}
