package ai.pathbound.bench.node;

import ai.pathbound.bench.client.Connection;
import ai.pathbound.bench.client.Requests;
import ai.pathbound.bench.client.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A production node as a child process, started as users start it.
final class NodeProcess implements AutoCloseable {
    private static final Duration LOOKED_EVERY = Duration.ofMillis(20);
    private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(60);
    private static final String RSS = "VmRSS:";
    private static final long KIB = 1024;

    private static final String LAUNCHER = System.getProperty("pathbound.launcher", "./pathbound");
    private static final String GC = System.getProperty("pathbound.bench.gc", "-XX:+UseSerialGC");

    private final Process process;
    private final int port;
    private final int metricsPort;
    private final long begin;

    private NodeProcess(Process process, int port, int metricsPort, long begin) {
        this.process = process;
        this.port = port;
        this.metricsPort = metricsPort;
        this.begin = begin;
    }

    static NodeProcess start(Surroundings around, String application, Path folder)
            throws IOException {
        int port = Servers.freePort();
        int metricsPort = Servers.freePort();
        Files.createDirectories(folder);
        ProcessBuilder builder = new ProcessBuilder(LAUNCHER, "serve").redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("node.log").toFile()));
        // The last of two equal flags wins, and of two collectors none.
        builder.environment().put("PATHBOUND_JAVA_OPTS", "-Xmx3g -XX:-UseSerialGC " + GC);
        builder.environment()
                .putAll(
                        Map.of(
                                "PATHBOUND_PORT",
                                Integer.toString(port),
                                "PATHBOUND_METRICS_PORT",
                                Integer.toString(metricsPort),
                                "PATHBOUND_KAFKA",
                                around.bootstrapServers(),
                                "PATHBOUND_BACKEND_URL",
                                around.backendUrl().toString(),
                                "PATHBOUND_APPLICATION_ID",
                                application,
                                "PATHBOUND_STATE_DIR",
                                folder.resolve("state").toString(),
                                "PATHBOUND_READS_PER_MINUTE",
                                "0",
                                "PATHBOUND_CALLS_AT_ONCE",
                                "0"));
        return new NodeProcess(builder.start(), port, metricsPort, System.nanoTime());
    }

    int port() {
        return port;
    }

    /// Port of its numbers, in the form Prometheus reads.
    int metricsPort() {
        return metricsPort;
    }

    /// Makes it forget what nothing refers to any more.
    void collectGarbage() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /// Waits until the node says that it is ready; returns how long that took from its start.
    Duration awaitReady(Duration atMost) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest ask = HttpRequest
                    .newBuilder(URI.create("http://localhost:" + port + "/health/ready"))
                    .build();
            while (!isReady(client, ask)) {
                Duration waited = Duration.ofNanos(System.nanoTime() - begin);
                if (!process.isAlive() || waited.compareTo(atMost) > 0) {
                    throw new IllegalStateException("the node is not ready after " + waited);
                }
                Thread.sleep(LOOKED_EVERY);
            }
            return Duration.ofNanos(System.nanoTime() - begin);
        }
    }

    /// Waits until a question about all events is answered, since a tenant's tables are loaded when they
    /// are first asked for; returns how many seconds that took.
    double awaitAnswers() throws IOException, InterruptedException {
        byte[] question = new Requests(port).tool(
                "aggregate_data",
                Map.of("entity", "events", "group_by", List.of("event")));
        long asked = System.nanoTime();
        try (Connection connection = new Connection(port)) {
            while (!Requests.complaint(connection.exchange(question)).isEmpty()) {
                if (System.nanoTime() - asked > ANSWERS_WITHIN.toNanos()) {
                    throw new IllegalStateException("no answer about all events");
                }
                Thread.sleep(LOOKED_EVERY);
            }
        }
        return (System.nanoTime() - asked) / 1e9;
    }

    private static boolean isReady(HttpClient client, HttpRequest ask)
            throws InterruptedException {
        try {
            return client.send(ask, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /// Resident memory of the process, in bytes.
    long residentBytes() {
        try (Stream<String> lines = Files
                .lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith(RSS))
                    .map(line -> line.substring(RSS.length()).replace("kB", "").strip())
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0) * KIB;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Processor time the process has taken so far.
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        Servers.stop(process);
    }
}
