package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.json.Wire;
import ai.pathbound.mcp.tools.ToolResult;
import ai.pathbound.projector.query.Json;
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

    private ToolMessage() {}

    /// A successful result.
    ///
    /// @param modern whether the revision has a `resultType`
    static Json success(Object id,
            ToolResult.Success success,
            Map<String, Object> meta,
            boolean modern) {
        byte[] json = success.json().utf8();
        byte[] number = Wire.MAPPER.writeValueAsBytes(id);
        byte[] facts = Wire.MAPPER.writeValueAsBytes(meta);
        byte[] end = modern ? COMPLETE : NO_ERROR;
        int around = HEAD.length + number.length + TEXT.length + STRUCTURED.length + META.length
                + facts.length + end.length;
        byte[] message = new byte[around + 2 * json.length + escapes(json)];
        int at = put(HEAD, message, 0);
        at = put(number, message, at);
        at = put(TEXT, message, at);
        at = escape(json, message, at);
        at = put(STRUCTURED, message, at);
        at = put(json, message, at);
        at = put(META, message, at);
        at = put(facts, message, at);
        put(end, message, at);
        return new Json(message);
    }

    private static int put(byte[] part, byte[] message, int at) {
        System.arraycopy(part, 0, message, at, part.length);
        return at + part.length;
    }

    /// How many bytes longer JSON gets inside a JSON string.
    private static int escapes(byte[] json) {
        int longer = 0;
        for (byte b : json) {
            longer += b == '"' || b == '\\' ? 1 : 0;
            longer -= isControl(b) ? 1 : 0;
        }
        return longer;
    }

    private static boolean isControl(byte b) {
        return b >= 0 && b < ' ';
    }

    /// JSON as the inside of a JSON string. Valid JSON has no control characters but white space
    /// between its tokens, which means nothing and is left out.
    private static int escape(byte[] json, byte[] message, int begin) {
        int at = begin;
        for (byte b : json) {
            if (b == '"' || b == '\\') {
                message[at++] = '\\';
            }
            if (!isControl(b)) {
                message[at++] = b;
            }
        }
        return at;
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
