package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.caller.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/// The tools as the protocol sees them, whichever revision or library speaks it.
public interface ToolCatalog {
    /// Every tool there is, always in the same order.
    List<ToolDefinition> all();

    /// The tools this caller may use, in the same order.
    List<ToolDefinition> list(Caller caller);

    /// The tool of that name, whoever may use it.
    Optional<ToolDefinition> find(String name);

    /// The caller's tool that a misspelt name probably meant.
    Optional<String> nearest(Caller caller, String name);

    /// The scopes a call with these arguments needs and its caller lacks, in the order of their names.
    /// Arguments that are not valid need no more than the tool itself: their call shows no data.
    List<String> missingScopes(Caller caller, ToolDefinition tool, Map<String, Object> arguments);

    /// Notes that a caller was refused a tool for lack of its scope.
    void denied(Caller caller, ToolDefinition tool);

    /// Calls a tool. Never fails: trouble is a result. A caller who may not use the tool is told so.
    Mono<ToolResult> call(Caller caller, ToolDefinition tool, ToolRequest request);
}
