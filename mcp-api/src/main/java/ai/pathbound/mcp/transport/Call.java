package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.json.Wire;
import ai.pathbound.mcp.tools.Abilities;
import ai.pathbound.mcp.tools.Aside;
import ai.pathbound.mcp.tools.ToolRequest;
import ai.pathbound.mcp.tools.WriteToken;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// One JSON-RPC message with the HTTP request and the caller it came with.
///
/// @param id empty for a notification
/// @param body the message as it came
record Call(Optional<Object> id,
        String method,
        ObjectNode params,
        ObjectNode body,
        ServerRequest request,
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
        return Optional.ofNullable(headers().getFirst(name)).map(String::strip);
    }

    private HttpHeaders headers() {
        return request.headers().asHttpHeaders();
    }

    /// Whether the client reads server-sent events. Headers that are no media types say nothing.
    boolean acceptsStream() {
        return headers().getOrEmpty("Accept")
                .stream()
                .anyMatch(
                        text -> text.toLowerCase(Locale.ROOT)
                                .contains(MediaType.TEXT_EVENT_STREAM_VALUE));
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

    JsonNode meta() {
        return params.path("_meta");
    }

    /// What the client wants to be told about the progress of this call with; missing if nothing.
    JsonNode progressToken() {
        JsonNode token = meta().path("progressToken");
        return token.isString() || token.isIntegralNumber() ? token : MissingNode.getInstance();
    }

    /// The call of a tool.
    ToolRequest toolRequest(Abilities client, Aside aside) {
        return new ToolRequest(members("arguments"), meta().path(WriteToken.META), client,
                params.path("inputResponses"), text("requestState"), aside);
    }

    Object idOrZero() {
        return id.orElse(0);
    }
}
