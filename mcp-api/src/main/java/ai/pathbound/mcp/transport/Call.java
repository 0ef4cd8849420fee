package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.json.Wire;
import ai.pathbound.mcp.tools.ToolRequest;
import ai.pathbound.mcp.tools.WriteToken;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One JSON-RPC message with the headers and the caller it came with.
///
/// @param id empty for a notification
record Call(Optional<Object> id,
        String method,
        ObjectNode params,
        HttpHeaders headers,
        Caller caller) {
    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {
    };

    Reply error(int status, int code, String text) {
        return Reply.error(status, id, code, text);
    }

    /// The refusal of a cursor: lists of this server have one page, so it never gave one out.
    Optional<Reply> strayCursor(int status) {
        return params.has("cursor")
                ? Optional.of(
                        error(
                                status,
                                Reply.INVALID_PARAMS,
                                "cursor is not valid: lists have one page."))
                : Optional.empty();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name)).map(String::strip);
    }

    Optional<String> text(String param) {
        JsonNode value = params.path(param);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    Map<String, Object> members(String param) {
        return params.path(param).isObject()
                ? Wire.MAPPER.convertValue(params.path(param), MEMBERS)
                : Map.of();
    }

    /// The call of a tool.
    ///
    /// @param modern whether the revision lets a result ask the user
    ToolRequest toolRequest(boolean modern) {
        JsonNode meta = params.path("_meta");
        JsonNode elicitation = meta.path("io.modelcontextprotocol/clientCapabilities")
                .path("elicitation");
        boolean forms = elicitation.isObject()
                && (elicitation.isEmpty() || elicitation.has("form"));
        return new ToolRequest(members("arguments"), meta.path(WriteToken.META), modern && forms,
                params.path("inputResponses"), text("requestState"));
    }

    Map<String, Object> paramMembers() {
        return Wire.MAPPER.convertValue(params, MEMBERS);
    }

    Object idOrZero() {
        return id.orElse(0);
    }
}
