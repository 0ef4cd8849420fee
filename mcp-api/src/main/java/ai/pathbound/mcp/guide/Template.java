package ai.pathbound.mcp.guide;

/// A family of resources with a blank in the address.
///
/// @param uriTemplate an RFC 6570 template, such as `pathbound://fields/{entity}`
public record Template(String uriTemplate,
        String name,
        String title,
        String description,
        String mimeType) {}
