package ai.pathbound.mcp;

import ai.pathbound.mcp.audit.AuditRecord;
import ai.pathbound.mcp.audit.AuditTrail;
import ai.pathbound.mcp.guide.FixturePrompts;
import ai.pathbound.mcp.guide.FixtureShelf;
import ai.pathbound.mcp.health.Readiness;
import ai.pathbound.mcp.tools.FixtureTools;
import ai.pathbound.mcp.transport.FixtureSubscriptions;
import ai.pathbound.projector.query.ReadModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// The whole server on a free port, with a given read model and a fake backend.
final class TestServer implements AutoCloseable {
    /// Tests ask more than any user, and have no balancer; those of limits and stops set their own.
    private static final List<String> UNLIMITED = List.of(
            "pathbound.connections.drain=0s",
            "pathbound.limits.reads-per-minute=0",
            "pathbound.limits.writes-per-minute=0",
            "pathbound.limits.concurrent=0");
    final FakeBackend backend = new FakeBackend();
    final List<AuditRecord> audited = new CopyOnWriteArrayList<>();
    private final ConfigurableApplicationContext context;

    /// @param settings further settings, `name=value`
    TestServer(ReadModel model, Readiness readiness, String... settings) {
        this(model, readiness, "", _ -> {
        }, settings);
    }

    /// A server with the tools, prompts and resources of the conformance suite besides its own, and
    /// open to everybody.
    static TestServer forConformance(ReadModel model) {
        return new TestServer(model, () -> true, "", parts -> {
            parts.registerBean(FixtureTools.class);
            parts.registerBean(FixturePrompts.class);
            parts.registerBean(FixtureShelf.class);
            parts.registerBean(
                    "subscribe",
                    FixtureSubscriptions.class,
                    () -> new FixtureSubscriptions(true));
            parts.registerBean(
                    "unsubscribe",
                    FixtureSubscriptions.class,
                    () -> new FixtureSubscriptions(false));
            parts.registerBean(AlwaysAuthorized.class);
        });
    }

    /// @param backendUrl another backend, or empty for the fake one
    /// @param further registers more beans
    private TestServer(ReadModel model,
            Readiness readiness,
            String backendUrl,
            Consumer<GenericApplicationContext> further,
            String... settings) {
        String url = backendUrl.isEmpty() ? backend.url() : backendUrl;
        List<String> arguments = new ArrayList<>(
                List.of(
                        "--server.port=0",
                        "--pathbound.backend.url=" + url,
                        // Event loops otherwise wait two seconds for more work before they end.
                        "--spring.reactor.netty.shutdown-quiet-period=0s"));
        Stream.concat(UNLIMITED.stream().filter(name -> !isSet(name, settings)),
                Stream.of(settings))
                .forEach(setting -> arguments.add("--" + setting));
        context = new SpringApplicationBuilder(Application.class)
                .initializers((GenericApplicationContext parts) -> {
                    parts.registerBean(ReadModel.class, () -> model);
                    parts.registerBean(Readiness.class, () -> readiness);
                    parts.registerBean(AuditTrail.class, () -> audited::add);
                    further.accept(parts);
                })
                .run(arguments.toArray(String[]::new));
    }

    private static boolean isSet(String setting, String... settings) {
        String name = setting.substring(0, setting.indexOf('=') + 1);
        return Stream.of(settings).anyMatch(given -> given.startsWith(name));
    }

    /// A server before another backend than the fake one.
    static TestServer before(StatefulBackend backend, ReadModel model, String... settings) {
        return new TestServer(model, () -> true, backend.url(), _ -> {
        }, settings);
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
