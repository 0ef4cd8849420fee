package ai.pathbound.sandbox.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A node in a child JVM that never outlives this one. Its log goes to `node.log` in its folder.
public final class NodeProcess implements AutoCloseable {
    private static final Duration STOP_MAX = Duration.ofSeconds(40);

    private final NodeSetup setup;
    private final Process process;

    private NodeProcess(NodeSetup setup, Process process) {
        this.setup = setup;
        this.process = process;
    }

    /// Starts it, without waiting until it serves. Throws [IOException] when there can be no such
    /// process.
    public static NodeProcess start(NodeSetup setup) throws IOException {
        Files.createDirectories(setup.folder());
        var builder = new ProcessBuilder(command(setup)).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(setup.log().toFile()));
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.environment().putAll(setup.environment());
        return new NodeProcess(setup, builder.start());
    }

    private static List<String> command(NodeSetup setup) {
        List<String> command = new ArrayList<>(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        // Set when a test runner hides the class path in a jar.
                        System.getProperty(
                                "surefire.test.class.path",
                                System.getProperty("java.class.path")),
                        NodeMain.class.getName(),
                        "--server.address=127.0.0.1",
                        "--server.port=" + setup.port(),
                        "--pathbound.projector.state-dir=" + setup.folder().resolve("state")));
        setup.settings().forEach((name, value) -> command.add("--" + name + "=" + value));
        return command;
    }

    public NodeSetup setup() {
        return setup;
    }

    /// Where clients reach it, without a path.
    public URI url() {
        return setup.url();
    }

    /// Its MCP endpoint.
    public URI endpoint() {
        return url().resolve("/mcp");
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// The child JVM's process id.
    public long pid() {
        return process.pid();
    }

    /// Ends it as `kill -9` does, and waits for its end.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Stops it in order, as SIGTERM does, and waits; by force when that takes longer than 40 s.
    @Override
    public void close() {
        // Through the handle: the process itself would close the life line, too.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
