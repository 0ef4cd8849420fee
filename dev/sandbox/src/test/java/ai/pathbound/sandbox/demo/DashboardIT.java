package ai.pathbound.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.Sandbox;
import ai.pathbound.sandbox.SandboxSettings;
import ai.pathbound.sandbox.broker.BrokerProcess;
import ai.pathbound.sandbox.terminal.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The dashboard and the alerts ask for numbers that a node really has, by their names.
final class DashboardIT {
    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final Path DEPLOY = Path.of("../../deploy");
    private static final Duration WITHIN = Duration.ofMinutes(3);
    private static final Pattern NUMBER = Pattern
            .compile("\\b(?:pathbound|jvm|kafka|process)_[a-z_]+\\b");

    @Test
    void numbersAskedFor_areThere(@TempDir Path folder) throws Exception {
        Set<String> served = served(folder);
        for (String file : List.of("grafana/dashboards/pathbound.json", "alerts.yml")) {
            Set<String> asked = names(Files.readString(DEPLOY.resolve(file)));
            assertThat(asked).as(file).isNotEmpty();
            assertThat(served).as(file).containsAll(asked);
        }
    }

    @Test
    void labels_areNoNumbers() {
        assertThat(names("sum by (le) (rate(pathbound_ready{a=\"b\"}[1m]))"))
                .containsExactly("pathbound_ready");
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    /// Names of all numbers of a node that has answered a call.
    private static Set<String> served(Path folder) throws Exception {
        int port = Ports.free();
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"), HOME, _ -> {
        });
                Sandbox sandbox = Sandbox.start(
                        new SandboxSettings(folder.resolve("backend"), 0,
                                broker.bootstrapServers(), 2, 7, 20, 10, 100, false,
                                Clock.systemUTC()));
                NodeProcess node = new NodeProcess(folder.resolve("node"),
                        broker.bootstrapServers(), sandbox.baseUrl(),
                        "--pathbound.metrics.port=" + port,
                        "--pathbound.metrics.bind=127.0.0.1");
                HttpClient http = HttpClient.newHttpClient()) {
            sandbox.seed(_ -> {
            });
            Awaitility.await().atMost(WITHIN).until(node::isReady);
            try (ModernMcp mcp = new ModernMcp(node.endpoint(), "sk_demo_acme")) {
                mcp.call("get_event_types", Map.of());
            }
            return names(
                    http.send(
                            HttpRequest
                                    .newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString()).body());
        }
    }
}
