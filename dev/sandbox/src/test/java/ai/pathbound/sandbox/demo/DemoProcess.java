package ai.pathbound.sandbox.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.pathbound.sandbox.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A demo with little data in its own JVM, ready to be asked.
final class DemoProcess {
    private static final String HOME = System
            .getProperty("pathbound.broker.home", "../broker/target");
    private static final String SIGN_IN = "signing in with OAuth at ";

    private final int port;
    private final Process process;
    private final String issuer;

    private DemoProcess(int port, Process process, String issuer) {
        this.port = port;
        this.process = process;
        this.issuer = issuer;
    }

    static DemoProcess start(Path data, int port) throws IOException {
        Process process = ChildJvm.start(
                DemoMain.class,
                List.of("-Xmx512m",
                        "-Dpathbound.broker.home=" + HOME,
                        "--enable-native-access=ALL-UNNAMED"),
                "--port",
                String.valueOf(port),
                "--data",
                data.toString(),
                "--contacts",
                "100",
                "--companies",
                "20",
                "--events",
                "1000",
                "--no-traffic");
        BufferedReader output = process.inputReader(UTF_8);
        List<String> said = new ArrayList<>();
        String issuer = "";
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            int found = line.indexOf(SIGN_IN);
            if (found >= 0) {
                issuer = line.substring(found + SIGN_IN.length()).replaceAll(":$", "");
            }
            if (line.startsWith("READY ")) {
                return new DemoProcess(port, process, issuer);
            }
        }
        throw new AssertionError("the demo ended: " + said);
    }

    URI endpoint() {
        return URI.create("http://localhost:" + port + "/mcp");
    }

    String issuer() {
        return issuer;
    }

    ModernMcp mcp(String credential) {
        return new ModernMcp(endpoint(), credential);
    }

    /// Ends it in order.
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the demo did not stop");
        }
    }
}
