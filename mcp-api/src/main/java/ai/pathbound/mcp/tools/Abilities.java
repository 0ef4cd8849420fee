package ai.pathbound.mcp.tools;

import tools.jackson.databind.JsonNode;

/// What a client says it can do for a tool that needs more than its arguments.
///
/// @param forms put a form to its user
/// @param sampling have its model write something
/// @param roots name the folders it works in
public record Abilities(boolean forms, boolean sampling, boolean roots) {
    public static final Abilities NONE = new Abilities(false, false, false);

    /// Reads the protocol's object of client capabilities, the same in all revisions. An empty
    /// `elicitation` means forms.
    public static Abilities of(JsonNode capabilities) {
        JsonNode elicitation = capabilities.path("elicitation");
        return new Abilities(
                elicitation.isObject() && (elicitation.isEmpty() || elicitation.has("form")),
                capabilities.path("sampling").isObject(), capabilities.path("roots").isObject());
    }

    /// Whether the client can be asked anything at all.
    public boolean any() {
        return forms || sampling || roots;
    }
}
