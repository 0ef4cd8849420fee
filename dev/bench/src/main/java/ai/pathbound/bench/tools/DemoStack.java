package ai.pathbound.bench.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.pathbound.bench.client.Servers;
import ai.pathbound.bench.report.Run;
import ai.pathbound.sandbox.demo.DemoMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The demo in a JVM of its own, with the launcher's flags and without live traffic.
final class DemoStack implements AutoCloseable {
    private static final String READY = "READY ";
    private static final Pattern BACKEND = Pattern.compile("backend serves (\\S+)");

    private final Process process;
    private final int port;
    private String backendUrl = "";

    private DemoStack(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static DemoStack start(Run run, int events) throws IOException {
        int port = Servers.freePort();
        List<String> command = new ArrayList<>(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xms128m",
                        "-Xmx768m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dpathbound.broker.home="
                                + System.getProperty("pathbound.broker.home", "dev/broker/target"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DemoMain.class.getName()));
        command.addAll(
                List.of(
                        "--no-traffic",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        run.folder("demo").toString(),
                        "--events",
                        Integer.toString(events)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        DemoStack demo = new DemoStack(process, port);
        try {
            demo.awaitReady();
            return demo;
        } catch (IOException | RuntimeException e) {
            demo.close();
            throw e;
        }
    }

    private void awaitReady() throws IOException {
        BufferedReader output = process.inputReader(UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher serves = BACKEND.matcher(line);
            if (serves.find()) {
                backendUrl = serves.group(1);
            }
            if (line.startsWith(READY)) {
                return;
            }
        }
        throw new IllegalStateException("the demo ended while starting");
    }

    int port() {
        return port;
    }

    /// Address of the REST API, `/v1` included.
    String backendUrl() {
        return backendUrl;
    }

    @Override
    public void close() {
        Servers.stop(process);
    }
}
