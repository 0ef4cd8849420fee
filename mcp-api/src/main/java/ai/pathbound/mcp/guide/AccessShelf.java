package ai.pathbound.mcp.guide;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.limits.CallLimits;
import ai.pathbound.mcp.tools.Access;
import ai.pathbound.mcp.tools.ToolCatalog;
import ai.pathbound.mcp.tools.ToolDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// The resource that tells callers who they are, what they may do and why some tools are missing from
/// their list. It says nothing about anybody else.
@Component
@Order(3)
final class AccessShelf implements Shelf {
    private static final Page ACCESS = new Page("pathbound://access", "access", "Your access",
            "Who you are here, your scopes and limits, and which tools you may not use and why.",
            Contents.MARKDOWN);
    private final ToolCatalog catalog;
    private final CallLimits limits;

    AccessShelf(ToolCatalog catalog, CallLimits limits) {
        this.catalog = catalog;
        this.limits = limits;
    }

    @Override
    public List<Page> pages(Caller caller) {
        return List.of(ACCESS);
    }

    @Override
    public Optional<Mono<Reading>> read(Caller caller, String uri) {
        return uri.equals(ACCESS.uri())
                ? Optional.of(
                        Mono.fromCallable(
                                () -> new Reading.Found(
                                        Contents.text(uri, ACCESS.mimeType(), text(caller)))))
                : Optional.empty();
    }

    private String text(Caller caller) {
        return """
                # Your access

                - tenant: %s
                - user: %s
                - credential: %s
                - scopes: %s

                ## Tools you may use

                %s

                ## Tools you may not use

                %s

                ## Limits

                - reads: %s
                - writes: %s
                - calls at once: %s
                """
                .formatted(
                        caller.tenant(),
                        caller.userId(),
                        caller.credential().isApiKey() ? "API key" : "access token",
                        listed(caller.scopes().stream().sorted().toList()),
                        listed(
                                catalog.list(caller)
                                        .stream()
                                        .map(ToolDefinition::name)
                                        .toList()),
                        missing(caller),
                        limit(limits.readsPerMinute(), " per minute"),
                        limit(limits.writesPerMinute(), " per minute"),
                        limit(limits.concurrent(), ""));
    }

    /// Tools that are hidden, and tools some calls of which are refused.
    private String missing(Caller caller) {
        String lines = catalog.all()
                .stream()
                .flatMap(
                        tool -> lacking(caller, tool.access()).stream()
                                .map(what -> "- " + tool.name() + " " + what))
                .collect(Collectors.joining("\n"));
        return lines.isEmpty()
                ? "None."
                : lines + "\n\nTo use them, get a key or token with these scopes; then list the"
                        + " tools again.";
    }

    private static List<String> lacking(Caller caller, Access access) {
        return switch (access) {
            case Access.Scope(String scope) ->
                caller.has(scope) ? List.of() : List.of("needs the scope " + scope);
            case Access.ByArgument(String argument, var scopes) -> scopes.entrySet()
                    .stream()
                    .filter(entry -> !caller.has(entry.getValue()))
                    .map(
                            entry -> "with " + argument + "=" + entry.getKey()
                                    + " needs the scope " + entry.getValue())
                    .sorted()
                    .toList();
        };
    }

    private static String listed(List<String> words) {
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    private static String limit(int most, String per) {
        return most == 0 ? "no limit" : "at most " + most + per;
    }
}
