package ai.pathbound.mcp.transport;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The envelope rules of revision 2026-07-28, in the order the specification asks for: `_meta`, then
/// version, then the headers that repeat the body for gateways.
final class ModernChecks {
    private static final String BASE64_START = "=?base64?";
    private static final String BASE64_END = "?=";
    private static final Map<String, String> NAMED_BY = Map
            .of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");

    Optional<Reply> check(Call call) {
        JsonNode meta = call.params().path("_meta");
        JsonNode version = meta.path(EraRouter.META_VERSION);
        if (!version.isString()) {
            return refuse(call,
                    Reply.INVALID_PARAMS,
                    EraRouter.META_VERSION + " must be a string.");
        }
        if (!meta.path("io.modelcontextprotocol/clientCapabilities").isObject()) {
            return refuse(
                    call,
                    Reply.INVALID_PARAMS,
                    "params._meta must hold io.modelcontextprotocol/clientCapabilities, an object.");
        }
        String claimed = version.stringValue();
        if (!call.header("MCP-Protocol-Version").equals(Optional.of(claimed))) {
            return refuse(
                    call,
                    Reply.HEADER_MISMATCH,
                    "MCP-Protocol-Version must repeat the version in params._meta.");
        }
        if (!claimed.equals(EraRouter.MODERN_VERSION)) {
            return Optional.of(
                    Reply.error(
                            400,
                            call.id(),
                            Reply.UNSUPPORTED_VERSION,
                            "Unsupported protocol version.",
                            Map.of(
                                    "supported",
                                    List.of(EraRouter.MODERN_VERSION),
                                    "requested",
                                    claimed)));
        }
        if (!call.header("Mcp-Method").equals(Optional.of(call.method()))) {
            return refuse(call, Reply.HEADER_MISMATCH, "Mcp-Method must repeat the method.");
        }
        return checkName(call);
    }

    private static Optional<Reply> checkName(Call call) {
        String param = NAMED_BY.get(call.method());
        if (param == null) {
            return Optional.empty();
        }
        Optional<String> name = call.text(param);
        if (name.isEmpty()) {
            return refuse(call, Reply.INVALID_PARAMS, "params." + param + " must be a string.");
        }
        return call.header("Mcp-Name").flatMap(ModernChecks::decoded).equals(name)
                ? Optional.empty()
                : refuse(call, Reply.HEADER_MISMATCH, "Mcp-Name must repeat params." + param + ".");
    }

    /// Names outside visible ASCII travel as `=?base64?…?=`.
    private static Optional<String> decoded(String header) {
        if (!header.startsWith(BASE64_START) || !header.endsWith(BASE64_END)
                || header.length() < BASE64_START.length() + BASE64_END.length()) {
            return Optional.of(header);
        }
        String encoded = header
                .substring(BASE64_START.length(), header.length() - BASE64_END.length());
        try {
            return Optional
                    .of(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    private static Optional<Reply> refuse(Call call, int code, String text) {
        return Optional.of(call.error(400, code, text));
    }
}
