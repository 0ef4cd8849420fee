package ai.pathbound.mcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import ai.pathbound.mcp.json.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Sends one HTTP request byte by byte as given, also what the JDK's client would not send.
final class RawHttp {
    /// @param head the status line and the headers
    record Answer(int status, String head, String body) {
        JsonNode json() {
            return Wire.MAPPER.readTree(body);
        }
    }

    private RawHttp() {}

    /// @param start such as `POST /mcp`
    /// @param headers whole lines, beside Content-Length and Connection
    static Answer send(TestServer server, String start, List<String> headers, byte[] body)
            throws IOException {
        List<String> lines = new ArrayList<>(headers);
        lines.add("Content-Length: " + body.length);
        lines.add("Connection: close");
        return exchange(server, start, lines, body);
    }

    /// Sends the head as it is, and no body.
    static Answer sendHead(TestServer server, String start, List<String> headers)
            throws IOException {
        return exchange(server, start, headers, new byte[0]);
    }

    private static Answer exchange(TestServer server,
            String start,
            List<String> headers,
            byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes((start + " HTTP/1.1\r\n").getBytes(ISO_8859_1));
        for (String line : headers) {
            request.writeBytes((line + "\r\n").getBytes(ISO_8859_1));
        }
        request.writeBytes("\r\n".getBytes(ISO_8859_1));
        request.writeBytes(body);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(),
                URI.create(server.origin()).getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.toByteArray());
            String text = new String(socket.getInputStream().readAllBytes(), UTF_8);
            int end = text.indexOf("\r\n\r\n");
            return new Answer(Integer.parseInt(text.substring(9, 12)), text.substring(0, end),
                    text.substring(end + 4));
        }
    }
}
