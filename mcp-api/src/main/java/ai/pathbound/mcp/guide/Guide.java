package ai.pathbound.mcp.guide;

import ai.pathbound.mcp.caller.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/// The resources, the prompts and the values of their arguments, as the protocol sees them.
@Component
public final class Guide {
    private final List<Shelf> shelves;
    private final List<PromptBook> books;
    private final List<Suggestions> suggestions;

    Guide(List<Shelf> shelves, List<PromptBook> books, List<Suggestions> suggestions) {
        this.shelves = shelves;
        this.books = books;
        this.suggestions = suggestions;
    }

    /// The resources this caller may read, always in the same order.
    public List<Page> pages(Caller caller) {
        return shelves.stream().flatMap(shelf -> shelf.pages(caller).stream()).toList();
    }

    /// The families of resources this caller may read, always in the same order.
    public List<Template> templates(Caller caller) {
        return shelves.stream().flatMap(shelf -> shelf.templates(caller).stream()).toList();
    }

    /// Reads a resource.
    public Mono<Reading> read(Caller caller, String uri) {
        return shelves.stream()
                .flatMap(shelf -> shelf.read(caller, uri).stream())
                .findFirst()
                .orElseGet(() -> Mono.just(new Reading.Absent()));
    }

    /// The prompts this caller can use, always in the same order.
    public List<Prompt> prompts(Caller caller) {
        return books.stream().flatMap(book -> book.prompts(caller).stream()).toList();
    }

    /// Fills a prompt in; empty if there is none of that name.
    public Optional<Mono<Filled>> fill(Caller caller,
            String name,
            Map<String, String> values,
            JsonNode answers) {
        return books.stream()
                .flatMap(book -> book.fill(caller, name, values, answers).stream())
                .findFirst();
    }

    /// Whether there is a prompt of that name, or a template.
    public boolean knows(Caller caller, String of) {
        return prompts(caller).stream().anyMatch(prompt -> prompt.name().equals(of))
                || templates(caller).stream()
                        .anyMatch(template -> template.uriTemplate().equals(of));
    }

    /// Values for an argument, the best first; none where nobody knows any.
    public Mono<List<String>> suggest(Caller caller, Suggestions.Wanted wanted) {
        return suggestions.stream()
                .flatMap(known -> known.suggest(caller, wanted).stream())
                .findFirst()
                .orElseGet(() -> Mono.just(List.of()));
    }
}
