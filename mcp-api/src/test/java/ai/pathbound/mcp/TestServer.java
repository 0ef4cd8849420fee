package ai.pathbound.mcp;

import ai.pathbound.mcp.audit.AuditRecord;
import ai.pathbound.mcp.audit.AuditTrail;
import ai.pathbound.mcp.health.Readiness;
import ai.pathbound.projector.query.ReadModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// The whole server on a free port, with a given read model and a fake backend.
final class TestServer implements AutoCloseable {
    final FakeBackend backend = new FakeBackend();
    final List<AuditRecord> audited = new CopyOnWriteArrayList<>();
    private final ConfigurableApplicationContext context;

    /// @param settings further settings, `name=value`
    TestServer(ReadModel model, Readiness readiness, String... settings) {
        this(model, readiness, "", settings);
    }

    /// @param backendUrl another backend, or empty for the fake one
    private TestServer(ReadModel model,
            Readiness readiness,
            String backendUrl,
            String... settings) {
        String url = backendUrl.isEmpty() ? backend.url() : backendUrl;
        List<String> arguments = new ArrayList<>(
                List.of(
                        "--server.port=0",
                        "--pathbound.backend.url=" + url,
                        // Event loops otherwise wait two seconds for more work before they end.
                        "--spring.reactor.netty.shutdown-quiet-period=0s"));
        for (String setting : settings) {
            arguments.add("--" + setting);
        }
        context = new SpringApplicationBuilder(Application.class)
                .initializers((GenericApplicationContext parts) -> {
                    parts.registerBean(ReadModel.class, () -> model);
                    parts.registerBean(Readiness.class, () -> readiness);
                    parts.registerBean(AuditTrail.class, () -> audited::add);
                })
                .run(arguments.toArray(String[]::new));
    }

    /// A server before another backend than the fake one.
    static TestServer before(StatefulBackend backend, ReadModel model, String... settings) {
        return new TestServer(model, () -> true, backend.url(), settings);
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
