package ai.pathbound.sandbox.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/// What one node is started with.
///
/// @param name names it in messages and its folder
/// @param folder keeps its state and log
/// @param port of its MCP endpoint and health checks
/// @param settings further settings by their property names
/// @param environment further environment variables, for what must not stand on a command line
public record NodeSetup(String name,
        Path folder,
        int port,
        Map<String, String> settings,
        Map<String, String> environment) {
    public NodeSetup {
        settings = Map.copyOf(settings);
        environment = Map.copyOf(environment);
    }

    /// Where clients reach it, without a path.
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    Path log() {
        return folder.resolve("node.log");
    }
}
