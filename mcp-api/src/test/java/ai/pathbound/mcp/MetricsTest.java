package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/// Numbers for Prometheus.
final class MetricsTest {
    @Test
    void callsAreCounted_onAPortOfTheirOwn() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (TestServer server = new TestServer(new FixedReadModel(), () -> true,
                "pathbound.metrics.port=" + port, "pathbound.metrics.bind=127.0.0.1")) {
            server.client("sk_all").tool("get_event_types", "{}");
            McpTestClient watcher = new McpTestClient("http://127.0.0.1:" + port, "");
            assertThat(watcher.get("/metrics").text()).contains("jvm_memory_used_bytes")
                    .containsPattern(
                            "pathbound_tool_calls_seconds_count\\{outcome=\"answered\",tool=\"get_event_types\"} 1");
            assertThat(watcher.get("/").status()).isEqualTo(404);
            // Never where clients come in.
            assertThat(server.client("").get("/metrics").status()).isEqualTo(401);
        }
    }
}
