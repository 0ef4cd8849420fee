package ai.pathbound.mcp.transport;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/// Decides per request which era it speaks: a protocol version in `_meta` means 2026-07-28 and later,
/// anything else the revisions with a handshake. Rules that hold in both eras stand here as well.
@Component
final class EraRouter {
    static final String MODERN_VERSION = "2026-07-28";
    static final String META_VERSION = "io.modelcontextprotocol/protocolVersion";
    private static final Logger LOG = LoggerFactory.getLogger(EraRouter.class);
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final ModernDispatcher modern;
    private final LegacyServer legacy;

    EraRouter(ModernDispatcher modern, LegacyServer legacy) {
        this.modern = modern;
        this.legacy = legacy;
    }

    Mono<Reply> route(Call call) {
        return Mono.defer(() -> choose(call)).onErrorResume(failure -> {
            String incident = UUID.randomUUID().toString().substring(0, 8);
            LOG.error("Incident {}: {} failed", incident, call.method(), failure);
            return Mono.just(
                    call.error(
                            200,
                            Reply.INTERNAL_ERROR,
                            "Internal error; incident " + incident + "."));
        });
    }

    private Mono<Reply> choose(Call call) {
        JsonNode claim = call.params().path("_meta").path(META_VERSION);
        if (!claim.isMissingNode()) {
            return modern.dispatch(call);
        }
        Optional<String> version = call.header("MCP-Protocol-Version");
        boolean modernHeader = version.filter(
                text -> DATE.matcher(text).matches() && text.compareTo(MODERN_VERSION) >= 0)
                .isPresent();
        if (modernHeader) {
            return Mono.just(unclaimed(call));
        }
        if (version.isPresent() && !LegacyServer.VERSIONS.contains(version.get())) {
            return Mono.just(
                    call.error(
                            400,
                            Reply.INVALID_REQUEST,
                            "Unsupported MCP-Protocol-Version; supported: "
                                    + String.join(", ", LegacyServer.VERSIONS) + "."));
        }
        return legacy.dispatch(call);
    }

    /// The header says modern, the body does not.
    private static Reply unclaimed(Call call) {
        if (call.id().isEmpty()) {
            return Reply.accepted();
        }
        return call.method().equals("initialize")
                ? call.error(
                        400,
                        Reply.HEADER_MISMATCH,
                        "initialize does not exist in the revision MCP-Protocol-Version names.")
                : call.error(
                        400,
                        Reply.INVALID_PARAMS,
                        "params._meta must hold " + META_VERSION + ".");
    }
}
