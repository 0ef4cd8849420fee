package ai.pathbound.mcp.guide;

import ai.pathbound.mcp.caller.Caller;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// How to use the tools, the same for everybody.
@Component
@Order(1)
final class UsagePage implements Shelf {
    private static final Page PAGE = new Page("pathbound://guide/usage", "usage",
            "How to use the tools",
            "Which tool answers which question, how to keep answers small, what errors mean.",
            Contents.MARKDOWN);
    private final Reading text = new Reading.Found(
            Contents.text(PAGE.uri(), PAGE.mimeType(), Texts.load("usage.md")));

    @Override
    public List<Page> pages(Caller caller) {
        return List.of(PAGE);
    }

    @Override
    public Optional<Mono<Reading>> read(Caller caller, String uri) {
        return uri.equals(PAGE.uri()) ? Optional.of(Mono.just(text)) : Optional.empty();
    }
}
