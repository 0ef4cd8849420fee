package ai.pathbound.mcp.guide;

import ai.pathbound.mcp.caller.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/// Some prompts. Each book is a bean; the guide shows them in the order of the beans.
public interface PromptBook {
    /// The prompts this caller can use.
    List<Prompt> prompts(Caller caller);

    /// Fills a prompt in; empty if it is none of this book's.
    ///
    /// @param values the arguments
    /// @param answers what the client said to an earlier [Filled.Asked]; else missing
    Optional<Mono<Filled>> fill(Caller caller,
            String name,
            Map<String, String> values,
            JsonNode answers);
}
