package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.json.Wire;
import java.util.Optional;
import org.springframework.web.reactive.function.server.ServerRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a body turned out to be.
sealed interface Parsed {
    /// A JSON-RPC request or notification.
    record Message(Call call) implements Parsed {}

    /// The client's answer to something it was asked on the stream of a call.
    ///
    /// @param message with a `result` or an `error`
    record Response(String id, ObjectNode message, Caller caller) implements Parsed {}

    /// Something else, and the answer to it.
    record Malformed(Reply reply) implements Parsed {}

    static Parsed of(byte[] body, ServerRequest request, Caller caller) {
        JsonNode root;
        try {
            root = Wire.REQUESTS.readTree(body);
        } catch (JacksonException unreadable) {
            return malformed(Reply.unknownId(request),
                    Reply.PARSE_ERROR,
                    "The body is not valid JSON.");
        }
        if (!(root instanceof ObjectNode message)) {
            return malformed(
                    Reply.unknownId(request),
                    Reply.INVALID_REQUEST,
                    "The body must be one JSON-RPC message.");
        }
        JsonNode id = message.path("id");
        if (!id.isMissingNode() && !id.isString()
                && !(id.isIntegralNumber() && id.canConvertToLong())) {
            return malformed(
                    Reply.unknownId(request),
                    Reply.INVALID_REQUEST,
                    "id must be a string or an integer of 64 bits.");
        }
        Optional<Object> known = id.isMissingNode()
                ? Optional.empty()
                : Optional.of(id.isString() ? id.stringValue() : id.numberValue());
        boolean is20 = "2.0".equals(message.path("jsonrpc").asString(""));
        if (is20 && id.isString() && !message.has("method")
                && (message.path("result").isObject() || message.path("error").isObject())) {
            return new Response(id.stringValue(), message, caller);
        }
        JsonNode params = message.path("params");
        if (!is20 || !message.path("method").isString()) {
            return malformed(
                    known.or(() -> Reply.unknownId(request)),
                    Reply.INVALID_REQUEST,
                    "A JSON-RPC 2.0 request with a method is expected.");
        }
        if (!params.isMissingNode() && !params.isObject()) {
            return malformed(known.or(() -> Reply.unknownId(request)),
                    Reply.INVALID_PARAMS,
                    "params must be an object.");
        }
        ObjectNode object = params instanceof ObjectNode given
                ? given
                : Wire.MAPPER.createObjectNode();
        return new Message(
                new Call(known, message.path("method").stringValue(), object, message, request,
                        caller));
    }

    private static Malformed malformed(Optional<Object> id, int code, String text) {
        return new Malformed(Reply.error(400, id, code, text));
    }
}
