package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.json.Wire;
import ai.pathbound.mcp.tools.ToolResult;
import ai.pathbound.projector.query.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

    /// How many bytes each byte of JSON takes inside a JSON string.
    private static final byte[] LENGTHS = lengths();

    private ToolMessage() {}

    /// A successful result.
    ///
    /// @param modern whether the revision has a `resultType`
    static Json success(Object id,
            ToolResult.Success success,
            Map<String, Object> meta,
            boolean modern) {
        byte[] json = success.json().utf8();
        byte[] number = id instanceof Number
                ? ascii(id.toString())
                : Wire.MAPPER.writeValueAsBytes(id);
        byte[] facts = Wire.MAPPER.writeValueAsBytes(meta);
        byte[] end = modern ? COMPLETE : NO_ERROR;
        int around = HEAD.length + number.length + TEXT.length + STRUCTURED.length + META.length
                + facts.length + end.length;
        byte[] message = new byte[around + json.length + escapedLength(json)];
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

    private static byte[] lengths() {
        byte[] lengths = new byte[1 << Byte.SIZE];
        Arrays.fill(lengths, (byte) 1);
        Arrays.fill(lengths, 0, ' ', (byte) 0);
        lengths['"'] = 2;
        lengths['\\'] = 2;
        return lengths;
    }

    /// How long JSON gets inside a JSON string.
    private static int escapedLength(byte[] json) {
        int length = 0;
        for (byte b : json) {
            length += LENGTHS[b & 0xFF];
        }
        return length;
    }

    /// JSON as the inside of a JSON string. Valid JSON has no control characters but white space
    /// between its tokens, which means nothing and is left out. Without branches, since quotes come
    /// too irregularly to be foreseen: a byte too many is written over by what follows.
    private static int escape(byte[] json, byte[] message, int begin) {
        int at = begin;
        for (byte b : json) {
            int length = LENGTHS[b & 0xFF];
            message[at] = '\\';
            message[at + (length >> 1)] = b;
            at += length;
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
