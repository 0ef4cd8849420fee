package ai.pathbound.mcp.tools;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// One call of a tool as the client sent it, whichever revision it speaks.
///
/// @param written the token of an earlier write, or missing
/// @param client what the client can be asked for
/// @param answers what it said to the requests of an earlier result, by their keys
/// @param state what that result said to send along
/// @param aside hears what the call says before its result
public record ToolRequest(Map<String, Object> arguments,
        JsonNode written,
        Abilities client,
        JsonNode answers,
        Optional<String> state,
        Aside aside) {
    /// A request with arguments and nothing else.
    public static ToolRequest of(Map<String, Object> arguments) {
        JsonNode nothing = MissingNode.getInstance();
        return new ToolRequest(arguments, nothing, Abilities.NONE, nothing, Optional.empty(),
                Aside.NONE);
    }

    /// The same call with what the client has answered since.
    public ToolRequest answered(JsonNode given, Optional<String> stateThen) {
        return new ToolRequest(arguments, written, client, given, stateThen, aside);
    }
}
