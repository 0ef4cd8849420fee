package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.ReadModel;
import ai.pathbound.schemas.topics.ChangeKey;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A client that closes its connection ends its question.
final class AbandonedCallTest {
    /// Answers only when it is told to, or stopped.
    private static final class Patient implements ReadModel {
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger stopped = new AtomicInteger();
        private final CountDownLatch never = new CountDownLatch(1);

        @Override
        public Answer ask(String tenant, Question question) {
            asked.incrementAndGet();
            try {
                if (never.await(120, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nobody opens this");
                }
            } catch (InterruptedException interrupted) {
                stopped.incrementAndGet();
            }
            return new Answer.Rebuilding(Duration.ofSeconds(1));
        }

        @Override
        public boolean awaitVersion(ChangeKey key, long version, Duration atMost) {
            return true;
        }
    }

    @Test
    void hangingUp_interruptsTheThreadThatAnswers_andFreesIt() throws IOException {
        Patient model = new Patient();
        try (TestServer server = new TestServer(model, () -> true, "pathbound.reads.threads=1")) {
            int port = URI.create(server.origin()).getPort();
            for (int call = 1; call <= 3; call++) {
                try (Socket socket = new Socket("localhost", port)) {
                    socket.getOutputStream().write(request(port));
                    awaitValue(model.asked, call);
                }
                awaitValue(model.stopped, call);
            }
        }
    }

    private static void awaitValue(AtomicInteger number, int value) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(number).hasValue(value));
    }

    private static byte[] request(int port) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":"
                + "\"get_contact\",\"arguments\":{\"contact_id\":\"ct_1\"}}}";
        return ("POST /mcp HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nAuthorization: Bearer sk_all\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
