package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.errors.Refusal;
import ai.pathbound.mcp.errors.UnknownId;
import ai.pathbound.projector.query.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;

/// An HTTP answer: status, headers, and what it says.
record Reply(int status, Map<String, String> headers, Body body) {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;
    static final int HEADER_MISMATCH = -32020;
    static final int MISSING_CAPABILITY = -32021;
    static final int UNSUPPORTED_VERSION = -32022;

    /// What an answer says.
    sealed interface Body {
        /// Nothing.
        record None() implements Body {}

        /// One JSON-RPC message: a [Json] that is rendered already, or whatever the mapper can render.
        record Message(Object message) implements Body {}

        /// JSON-RPC messages as they come about; the last one answers the request.
        record Stream(Flux<Object> messages) implements Body {}

        /// What another library has made; its own status and headers hold.
        record Foreign(ServerResponse response) implements Body {}
    }

    static Reply accepted() {
        return new Reply(202, Map.of(), new Body.None());
    }

    static Reply message(Object message) {
        return new Reply(200, Map.of(), new Body.Message(message));
    }

    static Reply stream(Flux<Object> messages) {
        return new Reply(200, Map.of(), new Body.Stream(messages));
    }

    static Reply foreign(ServerResponse response) {
        return new Reply(response.statusCode().value(), Map.of(), new Body.Foreign(response));
    }

    static Reply result(Object id, Map<String, Object> result) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", "2.0");
        message.put("id", id);
        message.put("result", result);
        return message(message);
    }

    static Reply error(int status, Optional<Object> id, int code, String text) {
        return error(status, id, code, text, Map.of());
    }

    static Reply error(int status,
            Optional<Object> id,
            int code,
            String text,
            Map<String, Object> data) {
        return new Reply(status, Map.of(),
                new Body.Message(Refusal.error(id, code, text, data)));
    }

    /// The refusal of a request whose message is not known.
    static Reply refusal(ServerRequest request, Refusal refusal) {
        return refusal(unknownId(request), refusal);
    }

    /// The id of an answer to a message whose own is not known.
    static Optional<Object> unknownId(ServerRequest request) {
        return UnknownId.of(request.headers().asHttpHeaders());
    }

    static Reply refusal(Optional<Object> id, Refusal refusal) {
        return error(refusal.status(), id, refusal.status(), refusal.message(), refusal.details());
    }

    Reply with(String header, String value) {
        return with(Map.of(header, value));
    }

    Reply with(Map<String, String> further) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(further);
        return new Reply(status, all, body);
    }
}
