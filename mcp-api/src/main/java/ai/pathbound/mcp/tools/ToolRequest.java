package ai.pathbound.mcp.tools;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One call of a tool as the client sent it, whichever revision it speaks.
///
/// @param written the token of an earlier write, or missing
/// @param canAsk whether the client can put a question to its user
/// @param answers what the user said to the questions of an earlier result, by their keys
/// @param state what that result said to send along
public record ToolRequest(Map<String, Object> arguments,
        JsonNode written,
        boolean canAsk,
        JsonNode answers,
        Optional<String> state) {}
