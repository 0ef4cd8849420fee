package ai.pathbound.sandbox.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.pathbound.mcp.Application;
import ai.pathbound.sandbox.ChildJvm;
import ai.pathbound.sandbox.terminal.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A node as it runs in production: a JVM of its own, to be killed.
final class NodeProcess implements AutoCloseable {
    static final String SECRET = "a secret of thirty-two bytes or more";

    private static final String CONFIRM_KEY = Base64.getEncoder()
            .encodeToString(SECRET.getBytes(UTF_8));

    /// So many that no test reaches it: only how it is shared is looked at.
    static final int READS = 60_000_000;

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    final Path folder;
    final int port;
    final int nodePort;

    /// @param settings further settings, `--name=value`
    NodeProcess(Path folder, String bootstrapServers, URI backend, String... settings)
            throws IOException {
        this.folder = Files.createDirectories(folder);
        port = Ports.free();
        nodePort = Ports.free();
        List<String> arguments = new ArrayList<>(
                List.of(
                        "--server.address=127.0.0.1",
                        "--server.port=" + port,
                        "--pathbound.backend.url=" + backend,
                        "--pathbound.backend.limit.requests=0",
                        "--pathbound.limits.reads-per-minute=" + READS,
                        "--pathbound.limits.writes-per-minute=0",
                        "--pathbound.projector.bootstrap-servers=" + bootstrapServers,
                        "--pathbound.projector.state-dir=" + folder,
                        "--pathbound.projector.stream-threads=1",
                        "--pathbound.projector.block-cache=32MB",
                        "--pathbound.nodes.secret=" + SECRET,
                        "--pathbound.confirm.key=" + CONFIRM_KEY));
        arguments.addAll(List.of(settings));
        if (arguments.stream().noneMatch(set -> set.startsWith("--pathbound.nodes.role=front"))) {
            arguments.add("--pathbound.nodes.address=127.0.0.1:" + nodePort);
        }
        process = ChildJvm.start(
                Application.class,
                List.of("-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED"),
                folder.resolve("node.log"),
                arguments.toArray(String[]::new));
    }

    URI endpoint() {
        return URI.create("http://localhost:" + port + "/mcp");
    }

    String address() {
        return "127.0.0.1:" + nodePort;
    }

    /// Status of a path, 0 while nobody answers.
    int status(String path) {
        try {
            return http
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isReady() {
        return status("/health/ready") == 200;
    }

    /// kill -9.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
