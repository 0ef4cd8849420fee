package ai.pathbound.mcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// Clients that keep a connection and send next to nothing on it, or leave in the middle.
@ExtendWith(OutputCaptureExtension.class)
final class SlowClientsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HEAD = String.join(
            "\r\n",
            "POST /mcp HTTP/1.1",
            "Host: localhost",
            "Authorization: Bearer sk_all",
            "Content-Type: application/json",
            "");
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    @ParameterizedTest
    @ValueSource(strings = {"", "POST /m", "POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-A: b"})
    void headThatNeverEnds_closesTheConnection_howeverItTrickles(String start) throws Exception {
        try (TestServer server = server("head-within=500ms"); Socket slow = connect(server)) {
            send(slow, start);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> isClosed(slow, start.isEmpty() ? "" : "x"));
            assertServes(server);
        }
    }

    @Test
    void idleConnection_isClosedAfterItsAnswer() throws Exception {
        try (TestServer server = server("head-within=1s"); Socket client = connect(server)) {
            send(client, HEAD + "Content-Length: " + PING.length() + "\r\n\r\n" + PING);
            // Ends because the server closes, with the answer before.
            assertThat(new String(client.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void bodyThatNeverEnds_isAnsweredWith408() throws Exception {
        try (TestServer server = server("body-within=500ms"); Socket slow = connect(server)) {
            send(slow, HEAD + "Content-Length: 100\r\n\r\n{");
            String answer = new String(slow.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answer).startsWith("HTTP/1.1 408").doesNotContain("Exception", "netty");
            assertServes(server);
        }
    }

    @Test
    void connectionsBeyondTheBound_areClosed_andFreedOnesServeOthers() throws Exception {
        List<Socket> held = new ArrayList<>();
        try (TestServer server = server("max=3")) {
            for (int i = 0; i < 3; i++) {
                Socket socket = connect(server);
                held.add(socket);
                send(socket, HEAD + "Content-Length: " + PING.length() + "\r\n\r\n" + PING);
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
            try (Socket fourth = connect(server)) {
                await().atMost(PATIENCE).until(() -> isClosed(fourth, "POST"));
            }
            for (Socket socket : held) {
                socket.close();
            }
            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertServes(server));
        }
    }

    @Test
    void hugeHead_isRefused() throws Exception {
        try (TestServer server = server("max=10"); Socket client = connect(server)) {
            send(client, HEAD + "X-Big: " + "x".repeat(20_000) + "\r\n\r\n");
            String answer = new String(client.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answer).containsPattern("^HTTP/1.1 (431|413|400)")
                    .doesNotContain("Exception", "netty");
        }
    }

    /// Whose fault it is, the log says: a client that goes away is none of the server's.
    @ParameterizedTest
    @ValueSource(strings = {"nothing of that kind\r\n", "5\r\n{\"a\":\r\nno length\r\n"})
    void bodyThatIsNoHttp_isNoServerError(String body, CapturedOutput output) throws Exception {
        try (TestServer server = new TestServer(new FixedReadModel(), () -> true,
                "logging.level.ai.pathbound.mcp.transport.LastResort=debug")) {
            try (Socket client = connect(server)) {
                send(client, HEAD + "Transfer-Encoding: chunked\r\n\r\n" + body);
                assertThat(new String(client.getInputStream().readAllBytes(), ISO_8859_1))
                        .startsWith("HTTP/1.1 400");
            }
            await().atMost(PATIENCE).until(() -> output.getAll().contains("broke its request off"));
            assertServes(server);
            assertThat(output.getAll()).doesNotContain("Server Error", "ERROR");
        }
    }

    private static TestServer server(String setting) {
        return new TestServer(new FixedReadModel(), () -> true,
                "pathbound.connections." + setting);
    }

    private static Socket connect(TestServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(),
                URI.create(server.origin()).getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /// Sends a little more and looks whether anybody is there.
    private static boolean isClosed(Socket socket, String more) throws IOException {
        try {
            socket.setSoTimeout(50);
            send(socket, more);
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        }
    }

    private static void assertServes(TestServer server) {
        assertThat(server.client("sk_all").legacy("ping", "{}").status()).isEqualTo(200);
    }
}
