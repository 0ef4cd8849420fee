package ai.pathbound.mcp.guide;

/// An argument of a prompt.
///
/// @param otherwise what an absent optional one reads as
public record Blank(String name, String description, boolean required, String otherwise) {}
