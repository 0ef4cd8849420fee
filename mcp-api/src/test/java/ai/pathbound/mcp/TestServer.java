package ai.pathbound.mcp;

import ai.pathbound.mcp.health.Readiness;
import ai.pathbound.projector.query.ReadModel;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// The whole server on a free port, with a given read model and a fake backend.
final class TestServer implements AutoCloseable {
    final FakeBackend backend = new FakeBackend();
    private final ConfigurableApplicationContext context;

    /// @param settings further settings, `name=value`
    TestServer(ReadModel model, Readiness readiness, String... settings) {
        List<String> arguments = new ArrayList<>(
                List.of("--server.port=0", "--pathbound.backend.url=" + backend.url()));
        for (String setting : settings) {
            arguments.add("--" + setting);
        }
        context = new SpringApplicationBuilder(Application.class)
                .initializers((GenericApplicationContext parts) -> {
                    parts.registerBean(ReadModel.class, () -> model);
                    parts.registerBean(Readiness.class, () -> readiness);
                })
                .run(arguments.toArray(String[]::new));
    }

    String origin() {
        return "http://localhost:"
                + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    McpTestClient client(String key) {
        return new McpTestClient(origin(), key);
    }

    /// Stops as SIGTERM does; the backend goes last, for calls that are still running.
    @Override
    public void close() {
        context.close();
        backend.close();
    }
}
