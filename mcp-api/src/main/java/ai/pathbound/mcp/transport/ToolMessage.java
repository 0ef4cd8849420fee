package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.json.Wire;
import ai.pathbound.mcp.tools.ToolResult;
import ai.pathbound.projector.query.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Results of tools as JSON-RPC messages. The answer's JSON is copied twice, once as it is and once
/// as a text, which costs a scan for quotes and backslashes; it is neither parsed nor decoded.
final class ToolMessage {
    private static final byte[] HEAD = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
    private static final byte[] TEXT = ascii(
            ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"");
    private static final byte[] STRUCTURED = ascii("\"}],\"structuredContent\":");
    private static final byte[] META = ascii(",\"_meta\":");
    private static final byte[] COMPLETE = ascii(",\"resultType\":\"complete\"}}");
    private static final byte[] NO_ERROR = ascii(",\"isError\":false}}");
    private static final int ENVELOPE_BYTES = 600;

    private ToolMessage() {}

    /// A successful result.
    ///
    /// @param modern whether the revision has a `resultType`
    static Json success(Object id,
            ToolResult.Success success,
            Map<String, Object> meta,
            boolean modern) {
        byte[] json = success.json().utf8();
        ByteArrayOutputStream out = new ByteArrayOutputStream(
                2 * json.length + json.length / 4 + ENVELOPE_BYTES);
        out.writeBytes(HEAD);
        out.writeBytes(Wire.MAPPER.writeValueAsBytes(id));
        out.writeBytes(TEXT);
        escape(json, out);
        out.writeBytes(STRUCTURED);
        out.writeBytes(json);
        out.writeBytes(META);
        out.writeBytes(Wire.MAPPER.writeValueAsBytes(meta));
        out.writeBytes(modern ? COMPLETE : NO_ERROR);
        return new Json(out.toByteArray());
    }

    /// JSON as the inside of a JSON string. Valid JSON has no control characters but white space
    /// between its tokens, which means nothing and is left out.
    private static void escape(byte[] json, ByteArrayOutputStream out) {
        int copied = 0;
        for (int i = 0; i < json.length; i++) {
            byte b = json[i];
            if (b == '"' || b == '\\') {
                out.write(json, copied, i - copied);
                out.write('\\');
                copied = i;
            } else if (b >= 0 && b < ' ') {
                out.write(json, copied, i - copied);
                copied = i + 1;
            }
        }
        out.write(json, copied, json.length - copied);
    }

    /// The members of a result that is no success, alike in both eras.
    static Map<String, Object> members(List<Map<String, Object>> content, boolean isError) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("content", content);
        if (isError) {
            members.put("isError", true);
        }
        return members;
    }

    /// A text as content.
    static List<Map<String, Object>> text(String text) {
        return List.of(Map.of("type", "text", "text", text));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
