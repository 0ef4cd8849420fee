package ai.pathbound.sandbox.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// Requests no decent client sends. The seed decides what comes out, so that each can be sent again.
final class Garbage {
    /// What goes over the wire.
    ///
    /// @param answers how many answers are due; 0 where the request is cut off
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Sent(byte[] bytes, int answers) {}

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String CRLF = "\r\n";
    private static final List<String> METHODS = List.of("initialize",
            "ping",
            "tools/list",
            "tools/call",
            "resources/list",
            "resources/read",
            "prompts/list",
            "prompts/get",
            "server/discover",
            "logging/setLevel",
            "completion/complete",
            "subscriptions/listen",
            "notifications/initialized",
            "notifications/cancelled",
            "tasks/get",
            "",
            "tools",
            "tools/call/x",
            "../tools/list",
            "TOOLS/LIST",
            "\u0000",
            "💥");
    private static final List<String> VERSIONS = List.of("2026-07-28",
            "2025-11-25",
            "2025-06-18",
            "2025-03-26",
            "2024-11-05",
            "1999-01-01",
            "9999-99-99",
            "2026-07-28 ",
            "",
            "null",
            "2026-07-28, 2025-11-25",
            "２０２６-07-28");
    private static final List<String> NUMBERS = List.of("1e999999",
            "-1e999999",
            "1e-999999",
            "9".repeat(99),
            "9".repeat(2_000),
            "-0",
            "0.1e1",
            "9223372036854775808",
            "-9223372036854775809",
            "2147483648",
            "1.5",
            "00",
            "1e400",
            "NaN",
            "1_000");
    private static final List<String> TEXTS = List.of("",
            " ",
            "\u0000",
            "\ud83d",
            "💥".repeat(50),
            "ct_0",
            "co_0",
            "evt_0",
            "2026-06-01",
            "9999999-01-01",
            "-999999999-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59+18:00",
            "Europe/Berlin",
            "../../etc/passwd",
            "%00",
            "'; DROP TABLE contact; --",
            "${jndi:ldap://127.0.0.1/x}",
            "{{7*7}}",
            "x".repeat(5_000),
            "a/b/c",
            "MTIzL2V2ZW50L2V2dF8w",
            "MTIzL2V2ZW50Lw",
            "LTk5OTk5OTk5OTk5OTk5OTk5OTkvZQ",
            "sum:amount",
            "count",
            "\u202e",
            "İıſ",
            "[",
            "\"",
            "\\",
            "(a+)+$",
            "*",
            "__proto__");

    private final Random random;
    private final List<ObjectNode> tools;

    /// @param tools definitions as `tools/list` shows them
    Garbage(long seed, List<ObjectNode> tools) {
        // Neighbouring seeds give neighbouring first numbers otherwise.
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.tools = tools;
    }

    Sent next() {
        return switch (random.nextInt(14)) {
            case 0, 1, 2, 3, 4 -> post(call());
            case 5 -> post(damaged(call()));
            case 6 -> post(nested());
            case 7 -> post(anything());
            case 8 -> strangeHeaders();
            case 9 -> strangeHead();
            case 10 -> chunked();
            case 11 -> pipelined();
            case 12 -> cutOff();
            default -> oversized();
        };
    }

    private Sent post(byte[] body) {
        return new Sent(whole(head(random.nextInt(20) != 0), body), 1);
    }

    /// A tool call, with arguments after its schema or beside it.
    private byte[] call() {
        ObjectNode tool = one(tools);
        ObjectNode arguments = NODES.objectNode();
        tool.at("/inputSchema/properties").properties().forEach(property -> {
            if (random.nextInt(3) == 0) {
                strange(
                        arguments,
                        random.nextInt(30) == 0 ? one(TEXTS) : property.getKey(),
                        property.getValue().path("type").asString(""));
            }
        });
        tool.at("/inputSchema/required")
                .forEach(name -> plain(arguments, name.asString()));
        ObjectNode params = NODES.objectNode();
        params.put("name", tool.path("name").asString());
        params.set("arguments", arguments);
        String method = random.nextInt(4) == 0 ? one(METHODS) : "tools/call";
        return message(method, tool.path("name").asString(), params);
    }

    private void plain(ObjectNode arguments, String name) {
        if (arguments.has(name) || random.nextInt(15) == 0) {
            return;
        }
        switch (name) {
            case "entity", "entity_type" -> arguments.put(name, "contacts");
            case "ids", "contact_ids" -> arguments.putArray(name).add("ct_0").add(one(TEXTS));
            case "properties" -> strange(arguments, name, "object");
            default -> arguments.put(name, random.nextBoolean() ? "ct_0" : one(TEXTS));
        }
    }

    private byte[] message(String method, String name, ObjectNode params) {
        boolean modern = random.nextBoolean();
        if (modern) {
            ObjectNode meta = params.putObject("_meta");
            meta.put("io.modelcontextprotocol/protocolVersion",
                    random.nextInt(8) == 0 ? one(VERSIONS) : "2026-07-28");
            if (random.nextInt(8) == 0) {
                strange(meta, "io.modelcontextprotocol/clientCapabilities", "object");
            } else {
                meta.putObject("io.modelcontextprotocol/clientCapabilities")
                        .putObject("elicitation");
            }
            if (random.nextInt(4) == 0) {
                strange(meta, "ai.pathbound/written", "object");
            }
            if (random.nextInt(6) == 0) {
                strange(params, "requestState", "string");
                strange(params, "inputResponses", "object");
            }
        }
        if (random.nextInt(10) == 0) {
            strange(params, one(List.of("cursor", "uri", "name", "arguments", "_meta")), "");
        }
        ObjectNode message = NODES.objectNode();
        message.put("jsonrpc", random.nextInt(40) == 0 ? one(TEXTS) : "2.0");
        message.put("method", method);
        message.set("params", params);
        if (random.nextInt(15) != 0) {
            message.put("id", random.nextInt());
        } else if (random.nextBoolean()) {
            strange(message, "id", "");
        }
        this.headers = modern
                ? "MCP-Protocol-Version: 2026-07-28" + CRLF + "Mcp-Method: " + latin(method)
                        + CRLF + "Mcp-Name: " + latin(name) + CRLF
                : random.nextBoolean() ? "MCP-Protocol-Version: 2025-11-25" + CRLF : "";
        return JSON.writeValueAsBytes(message);
    }

    /// Headers that belong to the body made last.
    private String headers = "";

    private void strange(ObjectNode into, String name, String type) {
        switch (random.nextInt(11)) {
            case 0 -> into.putRawValue(name, new RawValue(one(NUMBERS)));
            case 1 -> into.put(name, random.nextBoolean());
            case 2 -> into.putNull(name);
            case 3 -> into.put(name, random.nextInt(400) - 100);
            case 4 -> into.set(name, deep(random.nextInt(60)));
            case 5 -> {
                ArrayNode many = into.putArray(name);
                for (int i = random.nextInt(150); i > 0; i--) {
                    many.add(one(TEXTS));
                }
            }
            case 6 -> {
                ObjectNode object = into.putObject(name);
                for (int i = random.nextInt(4); i > 0; i--) {
                    strange(object,
                            one(List.of("op",
                                    "field",
                                    "by",
                                    "dir",
                                    "eq",
                                    "gt",
                                    "in",
                                    "contains",
                                    "secret",
                                    "timestamp",
                                    "amount",
                                    "email",
                                    "contact_id",
                                    "kind",
                                    "id",
                                    "version",
                                    "confirm",
                                    "action",
                                    "segment_id",
                                    one(TEXTS))),
                            "");
                }
            }
            default -> {
                if (type.equals("array")) {
                    ArrayNode few = into.putArray(name);
                    for (int i = random.nextInt(4); i > 0; i--) {
                        few.add(one(TEXTS));
                    }
                } else if (type.equals("integer")) {
                    into.put(name, random.nextInt(120));
                } else if (type.equals("object")) {
                    strange(into.putObject(name), one(TEXTS), "");
                } else {
                    into.put(name, one(TEXTS));
                }
            }
        }
    }

    private ObjectNode deep(int levels) {
        ObjectNode outer = NODES.objectNode();
        ObjectNode inner = outer;
        for (int i = 0; i < levels; i++) {
            inner = inner.putObject("eq");
        }
        return outer;
    }

    /// Bytes changed, dropped, doubled or put in.
    private byte[] damaged(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int every = 1 + random.nextInt(60);
        for (byte b : body) {
            if (random.nextInt(every + 1) != 0) {
                out.write(b);
                continue;
            }
            switch (random.nextInt(4)) {
                case 0 -> out.write(random.nextInt(256));
                case 1 -> out.writeBytes(new byte[]{b, b});
                case 2 -> out.writeBytes(new byte[]{(byte) 0xC3, (byte) 0x28, b});
                default -> {
                    // Dropped.
                }
            }
        }
        return out.toByteArray();
    }

    private byte[] nested() {
        int depth = 1 + random.nextInt(20_000);
        String open = one(List.of("[", "{\"a\":", "[[],", "{\"params\":"));
        headers = "";
        return open.repeat(Math.min(depth, 200_000 / open.length())).getBytes(UTF_8);
    }

    private byte[] anything() {
        byte[] bytes = new byte[random.nextInt(2_000)];
        random.nextBytes(bytes);
        headers = "";
        return random.nextBoolean()
                ? bytes
                : one(
                        List.of(
                                "null",
                                "true",
                                "\"x\"",
                                "[]",
                                "{}",
                                "[1,2]",
                                "\ufeff{}",
                                "{\"jsonrpc\":\"2.0\"}",
                                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":1,\"method\":\"ping\"}",
                                "{\"jsonrpc\":\"2.0\",\"id\":" + "9".repeat(90)
                                        + ",\"method\":\"ping\"}",
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                                "<?xml version=\"1.0\"?><x/>",
                                "a=b&c=d"))
                        .getBytes(one(List.of(UTF_8, java.nio.charset.StandardCharsets.UTF_16)));
    }

    private String head(boolean key) {
        return "POST /mcp HTTP/1.1" + CRLF + "Host: localhost" + CRLF
                + (key ? "Authorization: Bearer sk_demo_acme" + CRLF : "")
                + "Content-Type: application/json" + CRLF
                + "Accept: application/json, text/event-stream" + CRLF;
    }

    private byte[] whole(String head, byte[] body) {
        String start = head + headers + "Content-Length: " + body.length + CRLF + CRLF;
        return joined(start.getBytes(ISO_8859_1), body);
    }

    private Sent strangeHeaders() {
        byte[] body = call();
        String extra = one(
                List.of(
                        "MCP-Protocol-Version: " + latin(one(VERSIONS)),
                        "Mcp-Method: " + latin(one(METHODS)),
                        "Mcp-Name: =?base64?" + latin(one(TEXTS)) + "?=",
                        "Mcp-Name: =?base64?4pyT?=",
                        "Content-Type: text/html",
                        "Content-Type: " + latin(one(TEXTS)),
                        "Content-Type: application/json; charset=utf-7",
                        "Accept: " + latin(one(TEXTS)),
                        "Accept: image/png",
                        "Authorization: Bearer " + latin(one(TEXTS)),
                        "Authorization: Bearer sk_" + random.nextInt(50),
                        "Authorization: Digest x",
                        "x-api-key: " + latin(one(TEXTS)),
                        "Origin: https://evil.test",
                        "Origin: null",
                        "Host: evil.test",
                        "Content-Encoding: gzip",
                        "Expect: 100-continue",
                        "Expect: nonsense",
                        "X-Forwarded-For: " + latin(one(TEXTS)),
                        "X-Big: " + "x".repeat(random.nextInt(20_000)),
                        "Cookie: " + "a=b; ".repeat(random.nextInt(500)),
                        "Upgrade: h2c" + CRLF + "Connection: Upgrade, HTTP2-Settings" + CRLF
                                + "HTTP2-Settings: AAMAAABkAAQAAP__",
                        "Upgrade: websocket" + CRLF + "Connection: Upgrade",
                        "Range: bytes=0-1",
                        "If-None-Match: *",
                        "Access-Control-Request-Method: PUT",
                        "Sec-Fetch-Site: cross-site"));
        return new Sent(whole(head(true) + extra + CRLF, body), -1);
    }

    /// Request lines and headers that break the rules of HTTP.
    private Sent strangeHead() {
        String line = one(
                List.of(
                        "GET /mcp HTTP/1.1",
                        "DELETE /mcp HTTP/1.1",
                        "PUT /mcp HTTP/1.1",
                        "OPTIONS /mcp HTTP/1.1",
                        "OPTIONS * HTTP/1.1",
                        "HEAD /mcp HTTP/1.1",
                        "TRACE /mcp HTTP/1.1",
                        "CONNECT evil.test:443 HTTP/1.1",
                        "BREW /mcp HTTP/1.1",
                        "POST /mcp HTTP/1.0",
                        "POST /mcp HTTP/9.9",
                        "POST /mcp",
                        "POST  /mcp  HTTP/1.1",
                        "POST http://evil.test/mcp HTTP/1.1",
                        "POST //mcp HTTP/1.1",
                        "POST /mcp/ HTTP/1.1",
                        "POST /mcp;x=1 HTTP/1.1",
                        "POST /mcp?%zz=%ff HTTP/1.1",
                        "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1",
                        "GET /%ff%fe HTTP/1.1",
                        "GET /%zz HTTP/1.1",
                        "GET /" + "x".repeat(random.nextInt(9_000)) + " HTTP/1.1",
                        "GET /actuator/env HTTP/1.1",
                        "GET /health/live HTTP/1.1",
                        "GET /.well-known/oauth-protected-resource HTTP/1.1",
                        "GET /favicon.ico HTTP/1.1",
                        latin(one(TEXTS)) + " " + latin(one(TEXTS)) + " " + latin(one(TEXTS))));
        String extra = one(
                List.of(
                        "",
                        "Content-Length: -1" + CRLF,
                        "Content-Length: 99999999999999999999" + CRLF,
                        "Content-Length: 0" + CRLF + "Content-Length: 5" + CRLF,
                        "Content-Length: 0" + CRLF + "Transfer-Encoding: chunked" + CRLF,
                        "Transfer-Encoding: x" + CRLF,
                        " folded: yes" + CRLF,
                        "No colon" + CRLF,
                        ": no name" + CRLF,
                        "Bad name: x" + CRLF,
                        "Nul: \u0000" + CRLF,
                        "Host: a" + CRLF + "Host: b" + CRLF,
                        "X: y\rZ: w" + CRLF));
        String host = random.nextInt(8) == 0 ? "" : "Host: localhost" + CRLF;
        // The end of input follows, so that a waiting server does not wait for long.
        return new Sent(
                (line + CRLF + host + "Authorization: Bearer sk_demo_acme" + CRLF + extra + CRLF)
                        .getBytes(ISO_8859_1),
                -1);
    }

    private Sent chunked() {
        String body = new String(call(), ISO_8859_1);
        String size = one(
                List.of(
                        Integer.toHexString(body.length()),
                        Integer.toHexString(body.length()) + ";ext=1",
                        "FFFFFFFFFFFFFFFF",
                        "-1",
                        "zz",
                        "",
                        "0",
                        "1"));
        String text = head(true) + headers + "Transfer-Encoding: chunked" + CRLF + CRLF + size
                + CRLF + body + CRLF + "0" + CRLF
                + one(List.of("", "Trailer: x" + CRLF, "\u0000" + CRLF)) + CRLF;
        return new Sent(text.getBytes(ISO_8859_1), -1);
    }

    private Sent pipelined() {
        int count = 2 + random.nextInt(6);
        byte[] all = new byte[0];
        for (int i = 0; i < count; i++) {
            all = joined(all, whole(head(true), call()));
        }
        return new Sent(all, count);
    }

    private Sent cutOff() {
        byte[] whole = whole(head(true), call());
        byte[] part = new byte[random.nextInt(whole.length)];
        System.arraycopy(whole, 0, part, 0, part.length);
        return new Sent(part, 0);
    }

    private Sent oversized() {
        if (random.nextBoolean()) {
            headers = "Content-Length: " + (256 * 1024 + 1 + random.nextInt(1 << 30)) + CRLF;
            // Refused for what it says, before a byte of it has come.
            return new Sent((head(true) + headers + CRLF).getBytes(ISO_8859_1), -1);
        }
        String text = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":\""
                + "x".repeat(90_000 + random.nextInt(300_000)) + "\"}}";
        headers = "";
        return new Sent(whole(head(true), text.getBytes(UTF_8)), -1);
    }

    private static byte[] joined(byte[] a, byte[] b) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(a);
        out.writeBytes(b);
        return out.toByteArray();
    }

    /// A text in one line of header; what is strange about it is that it is not the right one.
    private static String latin(String text) {
        return text.replaceAll("\\p{Cntrl}", "");
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
