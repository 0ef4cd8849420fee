package ai.pathbound.mcp.guide;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.errors.ErrorCode;
import ai.pathbound.mcp.tools.ToolCatalog;
import ai.pathbound.mcp.tools.ToolDefinition;
import ai.pathbound.mcp.tools.ToolRequest;
import ai.pathbound.mcp.tools.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Contacts as resources, for clients that attach one to a conversation: what `get_contact` answers.
@Component
@Order(3)
final class ContactShelf implements Shelf {
    private static final String CONTACTS = "pathbound://contacts/";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Template TEMPLATE = new Template(CONTACTS + "{contact_id}", "contact",
            "One contact", "Profile, company, newest events and notes of one contact.",
            Contents.JSON);

    private final ToolCatalog tools;

    ContactShelf(ToolCatalog tools) {
        this.tools = tools;
    }

    @Override
    public List<Page> pages(Caller caller) {
        return List.of();
    }

    @Override
    public List<Template> templates(Caller caller) {
        return tool(caller).map(_ -> List.of(TEMPLATE)).orElse(List.of());
    }

    @Override
    public Optional<Mono<Reading>> read(Caller caller, String uri) {
        return uri.startsWith(CONTACTS)
                ? Optional.of(
                        tool(caller)
                                .map(
                                        tool -> tools.call(
                                                caller,
                                                tool,
                                                ToolRequest.of(
                                                        Map.of(
                                                                "contact_id",
                                                                uri.substring(
                                                                        CONTACTS.length()))))
                                                .map(result -> reading(uri, result)))
                                .orElseGet(() -> Mono.just(new Reading.Absent())))
                : Optional.empty();
    }

    private Optional<ToolDefinition> tool(Caller caller) {
        return tools.find("get_contact").filter(tool -> tool.access().isOpenTo(caller));
    }

    private static Reading reading(String uri, ToolResult result) {
        return switch (result) {
            case ToolResult.Success success -> new Reading.Found(
                    new Contents(uri, Contents.JSON, success.text(), true, success.freshness()));
            case ToolResult.Failure failure when failure.code() == ErrorCode.REBUILDING
                    || failure.code() == ErrorCode.STOPPED
                    || failure.code() == ErrorCode.OVERLOADED ->
                new Reading.NotNow(failure.message(), failure.retryAfter().orElse(RETRY_AFTER));
            case ToolResult.Failure _,ToolResult.Bare _ -> new Reading.Absent();
        };
    }
}
