package ai.pathbound.mcp.tools;

import java.util.Map;

/// Something a client is asked for while a call waits.
///
/// @param method the protocol's, such as `elicitation/create`
public record InputRequest(String method, Map<String, Object> params) {
    /// A form for the user.
    ///
    /// @param schema JSON schema of the answer, flat
    public static InputRequest form(String message, Map<String, Object> schema) {
        return new InputRequest("elicitation/create",
                Map.of("mode", "form", "message", message, "requestedSchema", schema));
    }

    /// The request as it travels.
    public Map<String, Object> wire() {
        return Map.of("method", method, "params", params);
    }
}
