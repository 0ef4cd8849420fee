package ai.pathbound.bench.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/// One kept HTTP/1.1 connection, as plain as can be: what a client library costs would count on both
/// sides and hide the server's share.
public final class Connection implements AutoCloseable {
    private static final String LENGTH = "content-length:";
    private static final String OK = "HTTP/1.1 200";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final StringBuilder line = new StringBuilder();

    public Connection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
        out = socket.getOutputStream();
    }

    /// The bytes of a request.
    public static byte[] request(int port, String key, String body) {
        byte[] content = body.getBytes(UTF_8);
        return """
                POST /mcp HTTP/1.1\r
                Host: localhost:%d\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Accept: application/json, text/event-stream\r
                MCP-Protocol-Version: 2025-11-25\r
                Content-Length: %d\r
                \r
                %s""".formatted(port, key, content.length, body).getBytes(UTF_8);
    }

    /// Sends a request and reads the whole answer, which must be a success.
    public byte[] exchange(byte[] request) throws IOException {
        out.write(request);
        out.flush();
        String status = line();
        int length = -1;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith(LENGTH)) {
                length = Integer.parseInt(lower.substring(LENGTH.length()).strip());
            }
        }
        if (!status.startsWith(OK) || length < 0) {
            throw new IOException("unexpected answer: " + status + ", length " + length + ": "
                    + (length > 0 ? new String(in.readNBytes(length), UTF_8) : ""));
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the server closed the connection");
        }
        return body;
    }

    private String line() throws IOException {
        line.setLength(0);
        while (true) {
            int unit = in.read();
            if (unit < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (unit == '\n') {
                return line.toString();
            }
            if (unit != '\r') {
                line.append((char) unit);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
