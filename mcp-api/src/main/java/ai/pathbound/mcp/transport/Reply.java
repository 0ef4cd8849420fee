package ai.pathbound.mcp.transport;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An HTTP answer: status, headers, and a JSON-RPC message unless it is empty.
record Reply(int status, Map<String, String> headers, Optional<Object> body) {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;
    static final int HEADER_MISMATCH = -32020;
    static final int UNSUPPORTED_VERSION = -32022;
    /// Outside the ranges JSON-RPC and MCP reserve.
    static final int INSUFFICIENT_SCOPE = 403;
    static final int RATE_LIMITED = 429;

    static Reply accepted() {
        return new Reply(202, Map.of(), Optional.empty());
    }

    static Reply message(Object message) {
        return new Reply(200, Map.of(), Optional.of(message));
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
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", text);
        if (!data.isEmpty()) {
            error.put("data", data);
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", "2.0");
        id.ifPresent(value -> message.put("id", value));
        message.put("error", error);
        return new Reply(status, Map.of(), Optional.of(message));
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
