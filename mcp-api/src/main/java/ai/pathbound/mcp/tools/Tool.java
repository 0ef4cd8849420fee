package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.projector.query.Question;
import reactor.core.publisher.Mono;

/// A tool: what it is called and what it does.
sealed interface Tool {
    ToolDefinition definition();

    /// Asks the read model one question. Callers may bound each answer.
    record Read(ToolDefinition definition, Asking question) implements Tool {
        public Read {
            definition = definition.with(Definitions.MAX_TOKENS);
        }
    }

    /// Makes the question of checked arguments.
    @FunctionalInterface
    interface Asking {
        Question of(Arguments arguments) throws BadArguments;
    }

    /// Changes something at the backend.
    record Write(ToolDefinition definition, Action action) implements Tool {}

    /// What a writing tool does with a checked call.
    @FunctionalInterface
    interface Action {
        Mono<ToolResult> run(Caller caller, Arguments arguments, ToolRequest request);
    }
}
