package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.tools.ToolResult;
import java.util.List;
import java.util.Map;

/// Results of tools that hold no structured answer, as the handshake era shows them.
final class LegacyResults {
    private LegacyResults() {}

    /// The content blocks.
    static List<Map<String, Object>> content(ToolResult result) {
        return switch (result) {
            case ToolResult.Success success -> ToolMessage.text(success.text());
            case ToolResult.Failure failure -> ToolMessage.text(failure.text());
            case ToolResult.Content content -> content.blocks();
            case ToolResult.Asked _ -> ToolMessage.text(
                    "This tool has to ask the user something, which this client cannot pass on.");
            case ToolResult.NeedsClient(var capabilities) -> ToolMessage.text(
                    "This tool needs a client that declares " + capabilities.keySet() + ".");
            case ToolResult.Malformed(String message) -> ToolMessage.text(message);
        };
    }

    static boolean isError(ToolResult result) {
        return switch (result) {
            case ToolResult.Success _ -> false;
            case ToolResult.Content content -> content.isError();
            case ToolResult.Failure _,ToolResult.Asked _,ToolResult.NeedsClient _,ToolResult.Malformed _ ->
                true;
        };
    }

    static Map<String, Object> members(ToolResult result) {
        return ToolMessage.members(content(result), isError(result));
    }
}
