package ai.pathbound.mcp.guide;

import ai.pathbound.mcp.caller.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/// Values for an argument that is being typed.
public interface Suggestions {
    /// What the argument belongs to: the name of a prompt or the template of a resource.
    ///
    /// @param of as its list shows it
    /// @param argument the argument's name
    /// @param typed its value so far
    /// @param others the values of other arguments, as far as they are known
    record Wanted(String of, String argument, String typed, Map<String, String> others) {}

    /// Values that go on from what is typed, the best first; empty if this does not know the argument.
    Optional<Mono<List<String>>> suggest(Caller caller, Wanted wanted);
}
