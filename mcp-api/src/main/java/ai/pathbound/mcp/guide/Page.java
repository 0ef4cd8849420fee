package ai.pathbound.mcp.guide;

/// A resource as lists show it.
public record Page(String uri, String name, String title, String description, String mimeType) {}
