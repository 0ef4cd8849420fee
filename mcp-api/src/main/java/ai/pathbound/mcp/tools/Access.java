package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.caller.Caller;
import java.util.Map;

/// Which scopes open a tool: what lists of tools go by. A call needs what its parsed question
/// [reaches][Reach].
public sealed interface Access {
    /// Always this one.
    record Scope(String scope) implements Access {}

    /// The one that goes with the value of an argument.
    record ByArgument(String argument, Map<String, String> scopes) implements Access {
        public ByArgument {
            scopes = Map.copyOf(scopes);
        }
    }

    /// Whether the caller can use the tool at all.
    default boolean isOpenTo(Caller caller) {
        return switch (this) {
            case Scope(String scope) -> caller.has(scope);
            case ByArgument(_, Map<String, String> scopes) ->
                scopes.values().stream().anyMatch(caller::has);
        };
    }

    /// A scope to ask for by a caller to whom the tool is not open at all.
    default String key() {
        return switch (this) {
            case Scope(String scope) -> scope;
            case ByArgument(_, Map<String, String> scopes) ->
                scopes.values().stream().sorted().findFirst().orElseThrow();
        };
    }
}
