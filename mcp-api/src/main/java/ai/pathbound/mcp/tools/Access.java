package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.caller.Caller;
import java.util.Map;

/// Which scope a tool needs.
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

    /// The scope a call with these arguments needs. Where the argument says nothing usable it is one
    /// the caller has, if any: the check of the arguments will tell what is wrong.
    default String needed(Caller caller, Map<String, ?> arguments) {
        return switch (this) {
            case Scope(String scope) -> scope;
            case ByArgument(String argument, Map<String, String> scopes) -> {
                String byValue = scopes.get(String.valueOf(arguments.get(argument)));
                yield byValue != null
                        ? byValue
                        : scopes.values()
                                .stream()
                                .sorted()
                                .filter(caller::has)
                                .findFirst()
                                .orElseGet(() -> scopes.values()
                                        .stream()
                                        .sorted()
                                        .findFirst()
                                        .orElseThrow());
            }
        };
    }
}
