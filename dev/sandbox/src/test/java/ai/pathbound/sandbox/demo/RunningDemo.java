package ai.pathbound.sandbox.demo;

import ai.pathbound.sandbox.terminal.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.logging.Logger;
import tools.jackson.databind.JsonNode;

/// The demo inside this process, without live traffic, and a caller with all scopes of tenant acme.
public final class RunningDemo implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RunningDemo.class.getName());
    private static final String BROKER_HOME = "pathbound.broker.home";

    private final Path data;
    private final Demo demo;
    private final ModernMcp mcp;

    private RunningDemo(Path data, Demo demo, ModernMcp mcp) {
        this.data = data;
        this.demo = demo;
        this.mcp = mcp;
    }

    /// Returns when all generated data can be read.
    public static RunningDemo start(Path data, Clock clock, int contacts, int companies, int events)
            throws IOException, InterruptedException {
        System.setProperty(BROKER_HOME, System.getProperty(BROKER_HOME, "../broker/target"));
        System.setProperty("pathbound.demo.log", data.resolve("demo.log").toString());
        DemoOptions options = new DemoOptions();
        options.data = data;
        options.clock = clock;
        options.seed = 42;
        options.contacts = contacts;
        options.companies = companies;
        options.events = events;
        options.noTraffic = true;
        options.port = Ports.free();
        Demo demo = new Demo(options, LOG::info);
        try {
            demo.run();
        } catch (RuntimeException | InterruptedException e) {
            demo.close();
            throw e;
        }
        return new RunningDemo(data, demo,
                new ModernMcp(URI.create("http://localhost:" + options.port + "/mcp"),
                        "sk_demo_acme"));
    }

    /// Where the backend keeps its truth.
    public Path backend() {
        return data.resolve("backend");
    }

    /// The whole `result` of a tool call.
    public JsonNode result(String tool, Map<String, Object> arguments) {
        return mcp.result(tool, arguments);
    }

    /// The text of a resource.
    public String read(String uri) {
        return mcp.read(uri);
    }

    @Override
    public void close() {
        mcp.close();
        demo.close();
    }
}
