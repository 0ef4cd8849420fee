package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.errors.ErrorCode;
import ai.pathbound.mcp.metrics.ToolTimes;
import ai.pathbound.projector.query.Question;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// All tool families together: checks arguments, calls, and keeps exceptions inside.
@Component
final class Catalog implements ToolCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final List<ToolDefinition> all;
    private final Reader reader;
    private final WriteAudit audit;
    private final ToolTimes times;

    Catalog(List<ToolFamily> families, Reader reader, WriteAudit audit, ToolTimes times) {
        this.times = times;
        this.reader = reader;
        this.audit = audit;
        for (ToolFamily family : families) {
            for (Tool tool : family.tools()) {
                if (tools.put(tool.definition().name(), tool) != null) {
                    throw new IllegalStateException(
                            "two tools are called " + tool.definition().name());
                }
            }
        }
        all = tools.values().stream().map(Tool::definition).toList();
    }

    @Override
    public List<ToolDefinition> all() {
        return all;
    }

    @Override
    public List<ToolDefinition> list(Caller caller) {
        return all.stream().filter(tool -> tool.access().isOpenTo(caller)).toList();
    }

    @Override
    public Optional<ToolDefinition> find(String name) {
        return Optional.ofNullable(tools.get(name)).map(Tool::definition);
    }

    @Override
    public Optional<String> nearest(Caller caller, String name) {
        return Spelling.nearest(name, list(caller).stream().map(ToolDefinition::name).toList());
    }

    @Override
    public Mono<ToolResult> call(Caller caller,
            ToolDefinition definition,
            ToolRequest request) {
        Tool tool = tools.get(definition.name());
        if (tool == null) {
            return Mono.just(ToolResult.Failure.of(ErrorCode.NOT_FOUND, "There is no such tool."));
        }
        Mono<ToolResult> result = timed(
                definition.name(),
                Mono.defer(() -> run(caller, tool, request))
                        .onErrorResume(failure -> Mono.just(incident(definition.name(), failure))));
        return Ticking.over(
                request.aside(),
                tool instanceof Tool.Write
                        ? audit.recorded(caller, definition, request, result)
                        : result);
    }

    private Mono<ToolResult> timed(String tool, Mono<ToolResult> result) {
        return Mono.defer(() -> {
            long begin = System.nanoTime();
            return result.doOnNext(
                    given -> times.ended(tool, outcome(given), System.nanoTime() - begin));
        });
    }

    private static String outcome(ToolResult result) {
        return result instanceof ToolResult.Failure failure ? failure.code().word() : "answered";
    }

    @Override
    public void denied(Caller caller, ToolDefinition definition) {
        if (tools.get(definition.name()) instanceof Tool.Write) {
            audit.denied(caller, definition);
        }
    }

    /// What a call comes to, before anything of it is done.
    private sealed interface Verdict {
        record Denied(List<String> missing) implements Verdict {}

        record Invalid(List<FieldProblem> problems) implements Verdict {}

        record Ask(Asking asking) implements Verdict {}

        record Act(Tool.Write tool, Arguments arguments) implements Verdict {}
    }

    @Override
    public List<String> missingScopes(Caller caller,
            ToolDefinition definition,
            Map<String, Object> arguments) {
        Tool tool = tools.get(definition.name());
        return tool != null && verdict(caller, tool, arguments) instanceof Verdict.Denied denied
                ? denied.missing()
                : List.of();
    }

    private Mono<ToolResult> run(Caller caller, Tool tool, ToolRequest request) {
        return switch (verdict(caller, tool, request.arguments())) {
            case Verdict.Denied(List<String> missing) -> Mono.just(
                    ToolResult.Failure.of(
                            ErrorCode.FORBIDDEN,
                            "The credential lacks the scope " + String.join(" and ", missing)
                                    + "."));
            case Verdict.Invalid(List<FieldProblem> problems) -> Mono.just(invalid(problems));
            case Verdict.Ask(Asking asking) -> read(caller, asking, request);
            case Verdict.Act(Tool.Write write, Arguments arguments) ->
                write.action().run(caller, arguments, request);
        };
    }

    /// The only place that decides whether a caller may make a call. It asks for the scopes of what the
    /// arguments were parsed to, never of how they were spelt.
    private static Verdict verdict(Caller caller, Tool tool, Map<String, Object> arguments) {
        Access access = tool.definition().access();
        if (!access.isOpenTo(caller)) {
            return new Verdict.Denied(List.of(access.key()));
        }
        Arguments.Parsed parsed = Arguments.parse(
                tool.definition().parameters(),
                tool instanceof Tool.Write,
                arguments);
        return switch (parsed) {
            case Arguments.Parsed.Bad(List<FieldProblem> problems) ->
                new Verdict.Invalid(problems);
            case Arguments.Parsed.Good(Arguments good) -> switch (tool) {
                case Tool.Read read -> verdict(caller, read, good);
                case Tool.Write write -> new Verdict.Act(write, good);
            };
        };
    }

    private static Verdict verdict(Caller caller, Tool.Read read, Arguments arguments) {
        Question question;
        try {
            question = read.question().of(arguments);
        } catch (BadArguments bad) {
            return new Verdict.Invalid(bad.problems());
        }
        List<String> missing = Reach.scopes(question)
                .stream()
                .filter(scope -> !caller.has(scope))
                .sorted()
                .toList();
        return missing.isEmpty()
                ? new Verdict.Ask(new Asking(arguments, question))
                : new Verdict.Denied(missing);
    }

    /// What a reading call asks for, and how.
    private record Asking(Arguments arguments, Question question) {}

    private Mono<ToolResult> answer(Caller caller, Asking asking) {
        return reader.ask(
                caller.tenant(),
                asking.question(),
                asking.arguments().integerMaybe(Definitions.MAX_TOKENS.name()),
                asking.arguments().textMaybe(Changes.SINCE.name()));
    }

    /// Waits first for the write the call refers to, if it refers to one.
    private Mono<ToolResult> read(Caller caller, Asking asking, ToolRequest request) {
        if (request.written().isMissingNode()) {
            return answer(caller, asking);
        }
        return WriteToken.parse(request.written())
                .map(
                        token -> reader.awaitVisible(caller.tenant(), token)
                                .flatMap(
                                        seen -> answer(caller, asking)
                                                .map(result -> result.after(seen))))
                .orElseGet(
                        () -> Mono.just(
                                invalid(
                                        List.of(
                                                FieldProblem.of(
                                                        "_meta." + WriteToken.META,
                                                        "must be what a write returned there")))));
    }

    private static ToolResult invalid(List<FieldProblem> problems) {
        return new ToolResult.Failure(ErrorCode.INVALID_ARGUMENTS,
                problems.size() == 1
                        ? "One argument is not valid: " + problems.getFirst().field() + " "
                                + problems.getFirst().message()
                        : "Arguments are not valid; " + problems.size() + " problems are named.",
                problems, Optional.empty(), Optional.empty());
    }

    private static ToolResult incident(String tool, Throwable failure) {
        if (failure instanceof RejectedExecutionException) {
            return new ToolResult.Failure(ErrorCode.OVERLOADED,
                    "Too many questions are waiting; try again in a second.", List.of(),
                    Optional.of(Duration.ofSeconds(1)), Optional.empty());
        }
        String incident = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("Incident {}: the tool {} failed", incident, tool, failure);
        return ToolResult.Failure.of(ErrorCode.INTERNAL,
                "Internal error; incident " + incident + ".");
    }
}
