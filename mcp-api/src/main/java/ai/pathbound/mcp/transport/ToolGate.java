package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.errors.Reason;
import ai.pathbound.mcp.errors.Refusal;
import ai.pathbound.mcp.security.Challenge;
import ai.pathbound.mcp.tools.ToolCatalog;
import ai.pathbound.mcp.tools.ToolDefinition;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Decides, alike in both eras, whether a `tools/call` may go ahead.
@Component
final class ToolGate {
    /// Either the tool or the refusal.
    sealed interface Passage {
        record Open(ToolDefinition tool) implements Passage {}

        record Closed(Reply reply) implements Passage {}
    }

    private final ToolCatalog catalog;
    private final Challenge challenge;

    ToolGate(ToolCatalog catalog, Challenge challenge) {
        this.catalog = catalog;
        this.challenge = challenge;
    }

    /// Whether the message calls a tool that writes; for dry runs, too.
    boolean writes(Call call) {
        return call.method().equals("tools/call")
                && call.text("name")
                        .flatMap(catalog::find)
                        .filter(tool -> !tool.hints().readOnly())
                        .isPresent();
    }

    Passage pass(Call call) {
        Optional<String> name = call.text("name");
        if (name.isEmpty()) {
            return new Passage.Closed(
                    call.error(400, Reply.INVALID_PARAMS, "params.name must be a string."));
        }
        if (!call.params().path("arguments").isMissingNode()
                && !call.params().path("arguments").isObject()) {
            return new Passage.Closed(
                    call.error(400, Reply.INVALID_PARAMS, "params.arguments must be an object."));
        }
        Optional<ToolDefinition> tool = catalog.find(name.get());
        if (tool.isEmpty()) {
            String hint = catalog.nearest(call.caller(), name.get())
                    .map(near -> "Unknown tool; did you mean " + near + "?")
                    .orElse("Unknown tool; see tools/list.");
            return new Passage.Closed(call.error(200, Reply.INVALID_PARAMS, hint));
        }
        List<String> missing = catalog
                .missingScopes(call.caller(), tool.get(), call.members("arguments"));
        if (!missing.isEmpty()) {
            catalog.denied(call.caller(), tool.get());
            return new Passage.Closed(
                    Reply.refusal(
                            call.id(),
                            Refusal.of(
                                    Reason.INSUFFICIENT_SCOPE,
                                    "The credential lacks the scope "
                                            + String.join(" and ", missing) + "."))
                            .with(
                                    "WWW-Authenticate",
                                    challenge.insufficient(String.join(" ", missing))));
        }
        return new Passage.Open(tool.get());
    }
}
